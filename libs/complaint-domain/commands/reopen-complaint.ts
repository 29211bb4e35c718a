import type { CommandRule } from '../complaint/command-rule.js';
import { notAllowed } from '../decision/rejection.js';
import { required } from '../decision/input.js';

export const reopenComplaint: CommandRule<'reopen'> = {
  verb: 're-opened',
  ofTheTeam: false,
  decide({ actor, data }, complaint, { policy }, occurredAt) {
    const closedAt = Date.parse(complaint.closedAt ?? complaint.lastToldAt);
    if (actor.role !== 'supervisor' && occurredAt - closedAt > policy.reopenWindowMs) {
      return notAllowed(
        'reopen-window-passed',
        'The time in which an agent may re-open has passed; a supervisor still may.',
      );
    }
    return (
      required(data.reason, '/reason', 'Say why the complaint is re-opened.') ?? {
        type: 'ComplaintReopened',
        data: { cycle: complaint.cycle + 1, reason: data.reason.trim() },
      }
    );
  },
};
