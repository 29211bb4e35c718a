import { type ComplaintEvent, mapPersonalFields } from '#libs/event-contracts/index.js';
import type { DataKey } from './data-key.js';
import type { KeyStore } from './key-store.port.js';
import type { MasterKey } from './master-key.js';
import { requestHash } from './request-hash.js';
import { keyIdOf, openText, sealText } from './sealed-text.js';

/** What belongs to the person has been erased, so nothing personal can be written for them any more. */
export class CustomerErasedError extends Error {
  override readonly name = 'CustomerErasedError';
  constructor() {
    super('The personal data of this customer has been erased.');
  }
}

/** A copy of the data with every personal text sealed. */
export function sealEvent(type: string, data: unknown, key: DataKey): unknown {
  return mapPersonalFields(type, data, (text) => sealText(text, key));
}

/** A copy of the data with every personal text opened, or `[erased]` where its key is gone. @throws SealedTextError */
export function openEvent(type: string, data: unknown, keys: ReadonlyMap<string, DataKey>): unknown {
  return mapPersonalFields(type, data, (text) => openText(text, keys));
}

function hasPersonalText(type: string, data: unknown): boolean {
  let found = false;
  mapPersonalFields(type, data, (text) => {
    found = true;
    return text;
  });
  return found;
}

/** Ids of the keys that open an event's data. */
export function keyIdsOf(type: string, data: unknown): ReadonlySet<string> {
  const keyIds = new Set<string>();
  mapPersonalFields(type, data, (text) => {
    const keyId = keyIdOf(text);
    if (keyId !== undefined) keyIds.add(keyId);
    return text;
  });
  return keyIds;
}

/** The command side's view: seals what is about to be appended. */
export interface Sealer {
  /**
   * Events without anything personal need no key: what the system itself finds out about a complaint goes on when its
   * customer has been erased.
   * @throws CustomerErasedError when there is no key any more and `createKey` is false
   */
  seal(
    customerRef: string,
    events: readonly ComplaintEvent[],
    createKey: boolean,
  ): Promise<readonly ComplaintEvent[]>;
  requestHash(request: unknown): string;
}

export function createSealer(keyStore: KeyStore, masterKey: MasterKey): Sealer {
  return {
    seal: async (customerRef, events, createKey) => {
      if (!events.some(({ type, data }) => hasPersonalText(type, data))) return events;
      const key = await keyStore.keyFor(customerRef, { create: createKey });
      if (!key) throw new CustomerErasedError();
      return events.map(({ type, data }) => ({ type, data: sealEvent(type, data, key) }) as ComplaintEvent);
    },
    requestHash: (request) => requestHash(request, masterKey),
  };
}

/** The reading side's view. */
export interface Opener {
  openEvent(type: string, data: unknown): Promise<unknown>;
  /** In the order given; for what a read model holds of many customers. */
  openTexts(texts: readonly string[]): Promise<readonly string[]>;
}

export function createOpener(keyStore: Pick<KeyStore, 'keysById'>): Opener {
  return {
    openEvent: async (type, data) => openEvent(type, data, await keyStore.keysById(keyIdsOf(type, data))),
    openTexts: async (texts) => {
      const keyIds = texts.map(keyIdOf).filter((keyId) => keyId !== undefined);
      const keys = await keyStore.keysById(keyIds);
      return texts.map((text) => openText(text, keys));
    },
  };
}
