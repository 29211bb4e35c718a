import type { CommandRule } from '../complaint/command-rule.js';

export const openActivity: CommandRule<'open'> = {
  verb: 'opened',
  ofTheTeam: true,
  decide({ actor }, complaint) {
    // A routed complaint always has a team; the officer's own is the same one.
    const team = complaint.team ?? actor.team ?? '';
    return { type: 'ActivityOpened', data: { team, officer: actor.sub } };
  },
};
