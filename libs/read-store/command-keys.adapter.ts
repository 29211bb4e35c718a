import type { CommandKeyClaim, CommandKeys, ExternalIds } from '#libs/command-handling/index.js';
import { insertOrFind } from './insert-or-find.js';
import type { ReadStore } from './read-store.js';

interface KeyDocument extends CommandKeyClaim {
  readonly _id: string;
  readonly claimedAt: string;
}

interface ExternalIdDocument {
  readonly _id: string;
  readonly complaintId: string;
}

/** Not a read model: it cannot be rebuilt from the log, and no rebuild touches it. */
export function commandKeysOn(store: ReadStore): CommandKeys {
  const keys = store.collection<KeyDocument>('command_keys');
  return {
    find: async (commandId) => (await keys.findOne({ _id: commandId })) ?? undefined,
    claim: (commandId, claim) =>
      insertOrFind(keys, { _id: commandId, ...claim, claimedAt: new Date().toISOString() }),
  };
}

export function externalIdsOn(store: ReadStore): ExternalIds {
  const ids = store.collection<ExternalIdDocument>('external_ids');
  return {
    find: async (externalId) => (await ids.findOne({ _id: externalId }))?.complaintId,
    reserve: async (externalId, complaintId) =>
      (await insertOrFind(ids, { _id: externalId, complaintId })).complaintId,
  };
}
