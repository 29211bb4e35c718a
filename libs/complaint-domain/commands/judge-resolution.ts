import type { CommandRule } from '../complaint/command-rule.js';
import type { Actor } from '#libs/event-contracts/index.js';
import type { Complaint } from '../complaint/complaint-state.js';
import type { Rejection } from '../decision/rejection.js';
import { compact, required, textOf } from '../decision/input.js';
import { sameEyes } from '../complaint/four-eyes.js';

/** What was solved on the spot was seen by the customer: no second pair of eyes is asked for. */
function mayNotJudge(complaint: Complaint, { actor }: { readonly actor: Actor }): Rejection | undefined {
  return complaint.onTheSpot ? undefined : sameEyes(actor, complaint);
}

export const confirmResolution: CommandRule<'confirm'> = {
  verb: 'confirmed',
  ofTheTeam: false,
  actorMayNot: mayNotJudge,
  decide: ({ data }) => ({ type: 'ResolutionConfirmed', data: compact({ note: textOf(data.note) }) }),
};

export const rejectResolution: CommandRule<'reject'> = {
  verb: 'rejected',
  ofTheTeam: false,
  actorMayNot: mayNotJudge,
  decide: ({ data }) =>
    required(data.reason, '/reason', 'Say what is not solved yet.') ?? {
      type: 'ResolutionRejected',
      data: { reason: data.reason.trim() },
    },
};
