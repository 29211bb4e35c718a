import type { CommandRule } from '../complaint/command-rule.js';
import { illegal } from '../decision/rejection.js';

export const resumeClock: CommandRule<'resume'> = {
  verb: 'resumed',
  ofTheTeam: true,
  stateForbids: (complaint) =>
    complaint.paused
      ? undefined
      : illegal(complaint.status, 'not-paused', 'The clock is running; there is nothing to resume.'),
  decide: () => ({ type: 'ClockResumed', data: {} }),
};
