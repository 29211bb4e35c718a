import type { CommandRule } from '../complaint/command-rule.js';
import { compact, required } from '../decision/input.js';
import { firstOrAll, illegal } from '../decision/rejection.js';
import { formatInstant } from '../decision/instant.js';
import { laterInstant } from './later-instant.js';

export const pauseClock: CommandRule<'pause'> = {
  verb: 'paused',
  ofTheTeam: true,
  stateForbids: (complaint) =>
    complaint.paused
      ? illegal(complaint.status, 'already-paused', 'The clock is paused already; resume it first.')
      : undefined,
  decide({ data }, _complaint, _context, occurredAt) {
    const until = laterInstant(data.until, occurredAt, '/until', 'until-not-later');
    const problem = firstOrAll([
      required(data.reason, '/reason', 'Say what is waited for.'),
      typeof until === 'object' ? until : undefined,
    ]);
    if (problem) return problem;
    return {
      type: 'ClockPaused',
      data: compact({
        reason: data.reason.trim(),
        until: typeof until === 'number' ? formatInstant(until) : undefined,
      }),
    };
  },
};
