import { PRIORITIES } from '#libs/event-contracts/index.js';
import type { CommandRule } from '../complaint/command-rule.js';
import { oneOf, required } from '../decision/input.js';
import { firstOrAll, invalid } from '../decision/rejection.js';

export const prioritiseComplaint: CommandRule<'prioritise'> = {
  verb: 'prioritised',
  ofTheTeam: false,
  decide({ data }, complaint) {
    const problem = firstOrAll([
      oneOf(data.priority, PRIORITIES, '/priority'),
      required(data.reason, '/reason', 'Say why the priority changes.'),
    ]);
    if (problem) return problem;
    if (data.priority === complaint.priority) {
      return invalid('same-priority', '/priority', `The priority is "${complaint.priority}" already.`);
    }
    return {
      type: 'PriorityChanged',
      data: {
        priority: data.priority,
        previousPriority: complaint.priority,
        reason: data.reason.trim(),
      },
    };
  },
};
