import type { Actor } from '#libs/event-contracts/index.js';
import {
  DEFAULT_CALENDARS,
  DEFAULT_CALL_TREE,
  DEFAULT_CATEGORIES,
  DEFAULT_POLICY,
  DEFAULT_TEAMS,
} from '#libs/default-configuration/index.js';
import type { ConfigurationCommand } from './configuration-command.js';
import { type ConfigurationHandling, handleConfigurationCommand } from './configuration-command-handler.js';

const PRODUCT: Actor = { sub: 'system', name: 'Complaint Ledger', role: 'system' };

function* defaults(): Generator<ConfigurationCommand> {
  for (const data of DEFAULT_CALL_TREE) yield { type: 'defineCallTreeNode', data };
  for (const data of DEFAULT_CATEGORIES) yield { type: 'defineCategory', data };
  for (const data of DEFAULT_TEAMS) yield { type: 'defineTeam', data };
  for (const data of DEFAULT_CALENDARS) yield { type: 'defineCalendar', data };
  yield { type: 'publishSlaPolicy', data: DEFAULT_POLICY };
}

/**
 * Gives a new installation the default set. Finished once a policy stands, the last of it; cut short, it goes on where
 * it was, and what an administrator has defined meanwhile is left alone.
 * @returns how many definitions were added
 */
export async function seedConfiguration(handling: ConfigurationHandling): Promise<number> {
  await handling.view.refresh();
  if (handling.view.current.policies.length > 0) return 0;
  let added = 0;
  for (const command of defaults()) {
    if (isDefined(handling, command)) continue;
    const commandId = handling.newId();
    const origin = { actors: [PRODUCT] as const, correlationId: commandId, commandId };
    await handleConfigurationCommand(handling, { command, origin });
    added += 1;
  }
  return added;
}

function isDefined({ view: { current } }: ConfigurationHandling, command: ConfigurationCommand): boolean {
  switch (command.type) {
    case 'defineCallTreeNode':
      return current.callTree.newest.has(command.data.code);
    case 'defineCategory':
      return current.categories.newest.has(command.data.code);
    case 'defineTeam':
      return current.teams.newest.has(command.data.code);
    case 'defineCalendar':
      return current.calendars.newest.has(command.data.code);
    case 'publishSlaPolicy':
      return current.policies.length > 0;
  }
}
