import { join } from 'node:path';
import {
  type EngineExit,
  type EngineName,
  type StartedEngine,
  startEngine,
} from '#libs/engine-host/index.js';
import type { Settings } from '#libs/settings/index.js';
import type { StoreUrls } from './open-stores.js';

export interface RunningEngines extends StoreUrls {
  /** For people: which engine listens where, and which wanted port was taken. */
  readonly remarks: readonly string[];
  stop(): Promise<void>;
}

export interface EngineEvents {
  /** An engine ended by itself: nothing can be done without it. */
  onExit(engine: EngineName, exit: EngineExit): void;
}

interface Wanted {
  readonly engine: EngineName;
  readonly url: string | undefined;
  readonly port: number;
  readonly isDefaultPort: boolean;
  readonly setting: string;
}

/** Starts an engine for each server that the settings do not name. */
export async function startEngines(settings: Settings, events: EngineEvents): Promise<RunningEngines> {
  const remarks: string[] = [];
  const started: StartedEngine[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(started.map((engine) => engine.stop()));
  };
  const urlOf = async ({ engine, url, port, isDefaultPort, setting }: Wanted): Promise<string> => {
    if (url !== undefined) return url;
    const running = await startEngine({
      engine,
      dataDir: join(settings.dataDir, engine),
      port,
      fallBackToFreePort: isDefaultPort,
      onExit: (exit) => {
        events.onExit(engine, exit);
      },
    });
    started.push(running);
    if (running.portTaken) remarks.push(`Port ${port} is taken: ${setting} fell back to ${running.port}.`);
    remarks.push(`Embedded ${engine} at ${running.url}`);
    return running.url;
  };
  const outcomes = await Promise.allSettled([
    urlOf(eventStoreWanted(settings)),
    urlOf(mongoWanted(settings)),
  ]);
  const failure = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failure) {
    await stop();
    throw failure.reason;
  }
  const [eventStoreUrl = '', mongoUrl = ''] = outcomes.map((outcome) =>
    outcome.status === 'fulfilled' ? outcome.value : '',
  );
  return { eventStoreUrl, mongoUrl, remarks, stop };
}

function eventStoreWanted(settings: Settings): Wanted {
  const port = settings.embeddedEventStorePort;
  const setting = 'EMBEDDED_EVENTSTORE_PORT';
  return { engine: 'eventstore', url: settings.eventStoreUrl, port, isDefaultPort: port === 2113, setting };
}

function mongoWanted(settings: Settings): Wanted {
  const port = settings.embeddedMongoPort;
  const setting = 'EMBEDDED_MONGODB_PORT';
  return { engine: 'mongodb', url: settings.mongoUrl, port, isDefaultPort: port === 27_017, setting };
}
