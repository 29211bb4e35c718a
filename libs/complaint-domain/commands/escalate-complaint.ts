import type { CommandRule } from '../complaint/command-rule.js';
import { firstOrAll, illegal, invalid } from '../decision/rejection.js';
import { formatInstant, parseInstant } from '../decision/instant.js';

/** By the system alone, when a level's moment has passed on a running clock: once per level and cycle. */
export const escalateComplaint: CommandRule<'escalate'> = {
  verb: 'escalated',
  ofTheTeam: false,
  stateForbids(complaint, { data }) {
    const { status } = complaint;
    if (data.cycle !== complaint.cycle) {
      return illegal(status, 'cycle-over', `The complaint is in cycle ${complaint.cycle} by now.`);
    }
    if (complaint.paused) return illegal(status, 'clock-paused', 'A paused clock does not escalate.');
    return data.level <= complaint.escalationLevel
      ? illegal(status, 'level-already-reached', `Level ${complaint.escalationLevel} was reached already.`)
      : undefined;
  },
  decide({ data }, complaint, _context, occurredAt) {
    const reachedAt = parseInstant(data.reachedAt);
    const dueAt = parseInstant(data.dueAt);
    const problem = firstOrAll([
      Number.isSafeInteger(data.level) && data.level >= 1
        ? undefined
        : invalid('level-out-of-range', '/level', 'Levels count from 1.'),
      reachedAt === undefined
        ? invalid('invalid-instant', '/reachedAt', 'Give an ISO 8601 instant.')
        : undefined,
      dueAt === undefined ? invalid('invalid-instant', '/dueAt', 'Give an ISO 8601 instant.') : undefined,
      reachedAt !== undefined && reachedAt > occurredAt
        ? invalid('not-reached-yet', '/reachedAt', 'The level is not reached yet.')
        : undefined,
    ]);
    if (problem) return problem;
    return {
      type: 'ComplaintEscalated',
      data: {
        cycle: complaint.cycle,
        level: data.level,
        at: data.at,
        reachedAt: formatInstant(reachedAt ?? occurredAt),
        dueAt: formatInstant(dueAt ?? occurredAt),
        notify: data.notify,
        policyVersion: data.policyVersion,
        lateBySeconds: Math.floor((occurredAt - (reachedAt ?? occurredAt)) / 1000),
      },
    };
  },
};
