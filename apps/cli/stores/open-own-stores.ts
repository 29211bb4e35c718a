import { type EventStore, connectEventStore } from '#libs/event-store/index.js';
import { lockFolder } from '#libs/engine-host/index.js';
import { type ReadStore, connectReadStore } from '#libs/read-store/index.js';
import { startEngines } from '#libs/runtime/index.js';
import { readSettings } from '#libs/settings/index.js';
import { readInstance } from '../../all-in-one/instance-file.js';
import { answers } from '../client/product-client.js';

export interface OwnStores {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  close(): Promise<void>;
}

/** The stores of this installation: those of the running product, or its engines started for the while. */
export async function openOwnStores(): Promise<OwnStores> {
  const settings = readSettings(process.env);
  const instance = await readInstance(settings.dataDir);
  const running = instance && (await answers(instance.url)) ? instance : undefined;
  const lock = running === undefined ? await lockFolder(settings.dataDir) : undefined;
  const engines =
    running === undefined
      ? await startEngines(
          { ...settings, embeddedEventStorePort: 0, embeddedMongoPort: 0 },
          { onExit: () => process.exit(1) },
        )
      : undefined;
  const close = async (): Promise<void> => {
    await engines?.stop();
    await lock?.release();
  };
  try {
    const eventStoreUrl = settings.eventStoreUrl ?? running?.eventStoreUrl ?? engines?.eventStoreUrl ?? '';
    const mongoUrl = settings.mongoUrl ?? running?.mongoUrl ?? engines?.mongoUrl ?? '';
    const eventStore = await connectEventStore({ url: eventStoreUrl });
    const readStore = await connectReadStore({ url: mongoUrl });
    return {
      eventStore,
      readStore,
      close: async () => {
        await Promise.all([eventStore.close(), readStore.close()]);
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
