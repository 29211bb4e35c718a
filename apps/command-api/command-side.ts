import { v7 as uuidV7 } from 'uuid';
import { ComplaintCache, backOff } from '#libs/command-handling/index.js';
import { ConfigurationView, decisionContextsOf } from '#libs/configuration/index.js';
import { currentCycle } from '#libs/escalation/index.js';
import type { Logger } from '#libs/observability/index.js';
import { createSealer } from '#libs/personal-data/index.js';
import { commandKeysOn, externalIdsOn } from '#libs/read-store/index.js';
import type { Stores } from '#libs/runtime/index.js';
import type { CommandApiParts } from './command-api.module.js';

/** Complaints that one process keeps folded: a few kilobytes each. */
const CACHED_COMPLAINTS = 10_000;

export interface CommandSide extends CommandApiParts {
  readonly view: ConfigurationView;
}

/** Everything that commands are handled with, on stores that are open. The caller closes `view`. */
export async function openCommandSide(stores: Stores, logger: Logger): Promise<CommandSide> {
  const view = await ConfigurationView.open(stores.eventStore, (reason) => {
    logger.warn({ reason }, 'The configuration view lost its place in the log and goes on');
  });
  const common = {
    eventStore: stores.eventStore,
    commandKeys: commandKeysOn(stores.readStore),
    sealer: createSealer(stores.keyStore, stores.masterKey),
    now: () => new Date().toISOString(),
    newId: () => uuidV7(),
    backOff,
  };
  const cache = new ComplaintCache(CACHED_COMPLAINTS);
  const commands = { ...common, contexts: decisionContextsOf(view), cache };
  return {
    view,
    commands,
    escalating: {
      commands,
      currentCycle: (complaintId) => currentCycle(commands, complaintId),
      configuration: () => view.current,
    },
    configuration: { ...common, view },
    externalIds: externalIdsOn(stores.readStore),
  };
}
