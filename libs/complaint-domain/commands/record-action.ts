import type { CommandRule } from '../complaint/command-rule.js';
import { firstOrAll } from '../decision/rejection.js';
import { required } from '../decision/input.js';

export const recordAction: CommandRule<'recordAction'> = {
  verb: 'acted upon',
  ofTheTeam: true,
  decide({ data }) {
    const problem = firstOrAll([
      required(data.kind, '/kind', 'Say what kind of action it was.'),
      required(data.description, '/description', 'Say what was done.'),
    ]);
    if (problem) return problem;
    return {
      type: 'ActionRecorded',
      data: { kind: data.kind.trim(), description: data.description.trim() },
    };
  },
};
