import { v7 as uuidV7 } from 'uuid';
import { ComplaintCache, backOff, type CommandHandling } from '#libs/command-handling/index.js';
import { decisionContextsOf, type ConfigurationView } from '#libs/configuration/index.js';
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
    // As many as may be read ahead of their moments.
    cache: new ComplaintCache(2500),
    now: () => new Date().toISOString(),
    newId: () => uuidV7(),
    backOff,
  };
}
