import { ProblemError } from '#libs/http/index.js';
import type { Visibility } from '../../access/visibility.js';

/**
 * Whose work is shown: an officer's own team's, or for the others what they asked for.
 * @throws ProblemError `not-your-team`
 */
export function teamSeen(visibility: Visibility, asked: string | undefined): string | undefined {
  if (visibility.team !== undefined && asked !== undefined && asked !== visibility.team) {
    throw new ProblemError('not-your-team', { detail: 'Officers get the worklists of their own team.' });
  }
  return visibility.team ?? asked;
}
