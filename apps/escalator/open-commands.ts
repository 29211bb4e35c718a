import { v7 as uuidV7 } from 'uuid';
import { ComplaintCache, backOff, type CommandHandling } from '#libs/command-handling/index.js';
import { decisionContextsOf, type ConfigurationView } from '#libs/configuration/index.js';
import { MOST_READ_AHEAD } from '#libs/escalation/index.js';
import { createSealer } from '#libs/personal-data/index.js';
import { commandKeysOn } from '#libs/read-store/index.js';
import type { Stores } from '#libs/runtime/index.js';

/** The command side as far as the system itself needs it: no entrance, and nothing kept that others change meanwhile. */
export function openCommands(stores: Stores, view: ConfigurationView): CommandHandling {
  return {
    eventStore: stores.eventStore,
    commandKeys: commandKeysOn(stores.readStore),
    sealer: createSealer(stores.keyStore, stores.masterKey),
    contexts: decisionContextsOf(view),
    cache: new ComplaintCache(MOST_READ_AHEAD),
    now: () => new Date().toISOString(),
    newId: () => uuidV7(),
    backOff,
  };
}
