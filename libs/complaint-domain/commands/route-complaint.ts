import type { CommandRule } from '../complaint/command-rule.js';
import { compact, required, textOf } from '../decision/input.js';
import { firstOrAll, invalid } from '../decision/rejection.js';
import { unknownTeam } from './configured-codes.js';

export const routeComplaint: CommandRule<'route'> = {
  verb: 'routed',
  ofTheTeam: true,
  decide({ data }, complaint, context) {
    const holder = complaint.team;
    const problem = firstOrAll([
      required(data.team, '/team', 'Give the code of a team.') ?? unknownTeam(data.team, context),
      holder === undefined
        ? undefined
        : required(data.reason, '/reason', `Team "${holder}" has it: say why it goes to another team.`),
    ]);
    if (problem) return problem;
    if (data.team === holder) {
      return invalid('same-team', '/team', `Team "${holder}" has it already; choose another team.`);
    }
    return {
      type: 'ComplaintRouted',
      data: compact({ team: data.team, previousTeam: holder, reason: textOf(data.reason) }),
    };
  },
};
