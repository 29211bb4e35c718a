import { type EventStore, connectEventStore } from '#libs/event-store/index.js';
import type { Logger } from '#libs/observability/index.js';
import { type KeyStore, type MasterKey, openMasterKey } from '#libs/personal-data/index.js';
import { type ReadStore, connectReadStore, openKeyStore } from '#libs/read-store/index.js';
import type { Settings } from '#libs/settings/index.js';

/** Where the two servers are, embedded or not. */
export interface StoreUrls {
  readonly eventStoreUrl: string;
  readonly mongoUrl: string;
}

/** What every process of the product works with. */
export interface Stores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly masterKey: MasterKey;
  readonly keyStore: KeyStore;
  close(): Promise<void>;
}

/** Connects to both servers; what was opened is closed again when the rest cannot be. */
export async function openStores(settings: Settings, urls: StoreUrls, logger: Logger): Promise<Stores> {
  const opened: { close(): Promise<void> }[] = [];
  const closeAll = async (): Promise<void> => {
    for (const part of opened.splice(0).reverse()) await part.close();
  };
  try {
    const masterKey = await openMasterKey(settings);
    const eventStore = await connectEventStore({ url: urls.eventStoreUrl, logger });
    opened.push(eventStore);
    const readStore = await connectReadStore({ url: urls.mongoUrl });
    opened.push(readStore);
    const keyStore = await openKeyStore({ url: urls.mongoUrl, masterKey });
    opened.push(keyStore);
    return { eventStore, readStore, masterKey, keyStore, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** For a process that is one of several: they can meet only at servers of their own. */
export function sharedUrls(settings: Settings): StoreUrls {
  const { eventStoreUrl, mongoUrl } = settings;
  if (eventStoreUrl === undefined || mongoUrl === undefined) {
    throw new SharedServersNeededError();
  }
  return { eventStoreUrl, mongoUrl };
}

export class SharedServersNeededError extends Error {
  override readonly name = 'SharedServersNeededError';
  constructor() {
    super(
      'A process of its own shares servers with the others: set EVENTSTORE_URL and MONGODB_URL, ' +
        'or run everything in one with "npm start".',
    );
  }
}
