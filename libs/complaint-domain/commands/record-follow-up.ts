import { FOLLOW_UP_PARTIES } from '#libs/event-contracts/index.js';
import type { CommandRule } from '../complaint/command-rule.js';
import { compact, oneOf, required } from '../decision/input.js';
import { firstOrAll } from '../decision/rejection.js';

/** Notes are welcome at any time and from any officer: another team may know something. */
export const recordFollowUp: CommandRule<'recordFollowUp'> = {
  verb: 'followed up',
  ofTheTeam: false,
  decide({ data }) {
    const problem = firstOrAll([
      required(data.note, '/note', 'Say what was learned or agreed.'),
      data.with === undefined ? undefined : oneOf(data.with, FOLLOW_UP_PARTIES, '/with'),
    ]);
    return (
      problem ?? { type: 'FollowUpRecorded', data: compact({ note: data.note.trim(), with: data.with }) }
    );
  },
};
