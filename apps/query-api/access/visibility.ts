import type { Caller, TokenRole } from '#libs/auth/index.js';
import { ProblemError } from '#libs/http/index.js';

/** What a caller gets to see of complaints. */
export interface Visibility {
  /** Names, contacts and free texts. */
  readonly personal: boolean;
  /** Only complaints that this team has or had; undefined: all. */
  readonly team?: string;
}

const SEE_ALL: readonly TokenRole[] = ['agent', 'supervisor', 'auditor', 'admin', 'analyst', 'service'];
const SEE_PERSONAL: readonly TokenRole[] = ['agent', 'supervisor', 'auditor', 'admin'];

/** Of several roles the one that sees most complaints counts; an officer's own sees the own team's, with texts. */
export function visibilityOf(caller: Caller): Visibility {
  const has = (roles: readonly TokenRole[]): boolean => roles.some((role) => caller.roles.includes(role));
  if (has(SEE_ALL)) return { personal: has(SEE_PERSONAL) };
  // An officer whose token names no team sees nothing: no team has the empty code.
  return { personal: true, team: caller.team ?? '' };
}

/** @throws ProblemError `not-your-team` */
export function refuseOtherTeams(visibility: Visibility, teams: readonly string[]): void {
  if (visibility.team === undefined || teams.includes(visibility.team)) return;
  throw new ProblemError('not-your-team', {
    detail: 'Officers read the complaints that their own team has or had.',
  });
}
