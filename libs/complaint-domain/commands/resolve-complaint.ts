import { RESOLUTION_OUTCOMES } from '#libs/event-contracts/index.js';
import type { CommandRule } from '../complaint/command-rule.js';
import { compact, oneOf, required } from '../decision/input.js';
import { firstOrAll, notAllowed } from '../decision/rejection.js';
import { unknownCategory } from './configured-codes.js';

/** By the officer of the team that has it open; on the spot by call management while no team has it. */
export const resolveComplaint: CommandRule<'resolve'> = {
  verb: 'resolved',
  ofTheTeam: true,
  actorMayNot(complaint, { actor }) {
    const callManagement = actor.role === 'agent' || actor.role === 'supervisor';
    return callManagement && complaint.team !== undefined
      ? notAllowed(
          'not-your-team',
          `Team "${complaint.team}" has this complaint: its officer enters the result. Only what no team has is resolved on the spot.`,
        )
      : undefined;
  },
  decide({ data }, complaint, context) {
    const problem = firstOrAll([
      oneOf(data.outcome, RESOLUTION_OUTCOMES, '/outcome'),
      required(
        data.explanation,
        '/explanation',
        'A result needs an explanation that can be told to the customer.',
      ),
      unknownCategory(data.category, context),
    ]);
    if (problem) return problem;
    return {
      type: 'ComplaintResolved',
      data: compact({
        outcome: data.outcome,
        explanation: data.explanation.trim(),
        category: data.category,
        onTheSpot: complaint.team === undefined,
      }),
    };
  },
};
