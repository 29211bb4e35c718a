import type { CommandRule } from '../complaint/command-rule.js';
import { compact, required, textOf } from '../decision/input.js';

export const closeComplaint: CommandRule<'close'> = {
  verb: 'closed',
  ofTheTeam: false,
  decide: ({ data }) => ({ type: 'ComplaintClosed', data: compact({ note: textOf(data.note) }) }),
};

export const withdrawComplaint: CommandRule<'withdraw'> = {
  verb: 'withdrawn',
  ofTheTeam: false,
  decide: ({ data }) =>
    required(data.reason, '/reason', 'Say why the complaint is withdrawn.') ?? {
      type: 'ComplaintWithdrawn',
      data: { reason: data.reason.trim() },
    },
};
