import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine, type EngineName, type StartedEngine } from '#libs/engine-host/index.js';

/** An engine in a child process, with a data folder of its own. */
export interface TestEngine {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** Of its process now; another one after `restart`. */
  readonly pid: number;
  /** Ends the process as a power cut would; the data folder stays. */
  kill9(): Promise<void>;
  /** Stops it in the middle of whatever it does, as a stalled machine would: its sockets stay open and nothing answers. */
  pause(): void;
  resume(): void;
  /** Starts again on the same data and the same port, after `kill9`. */
  restart(): Promise<void>;
  /** Stops, and removes the data folder. */
  stop(): Promise<void>;
}

export interface TestEngines {
  readonly eventStore: TestEngine;
  readonly mongo: TestEngine;
  kill9(): Promise<void>;
  stop(): Promise<void>;
}

/** Both engines, on free ports of the loopback interface, from dist/ (`npm test` builds it first). */
export async function startTestEngines(): Promise<TestEngines> {
  const [eventStore, mongo] = await Promise.allSettled([
    startTestEngine('eventstore'),
    startTestEngine('mongodb'),
  ]);
  if (eventStore.status === 'rejected' || mongo.status === 'rejected') {
    for (const engine of [eventStore, mongo]) if (engine.status === 'fulfilled') await engine.value.stop();
    throw eventStore.status === 'rejected' ? eventStore.reason : (mongo as PromiseRejectedResult).reason;
  }
  const engines = [eventStore.value, mongo.value];
  return {
    eventStore: eventStore.value,
    mongo: mongo.value,
    kill9: async () => {
      await Promise.all(engines.map((engine) => engine.kill9()));
    },
    stop: async () => {
      await Promise.all(engines.map((engine) => engine.stop()));
    },
  };
}

export async function startTestEngine(engine: EngineName): Promise<TestEngine> {
  const dataDir = await mkdtemp(join(tmpdir(), `complaint-ledger-${engine}-`));
  let killed: (() => void) | undefined;
  const start = (port: number): Promise<StartedEngine> =>
    startEngine({ engine, dataDir, port, onExit: () => killed?.() });
  let running = await start(0).catch(async (error: unknown) => {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  });
  const { url, port } = running;
  return {
    url,
    port,
    dataDir,
    get pid() {
      return running.pid;
    },
    kill9: async () => {
      const gone = new Promise<void>((resolve) => {
        killed = resolve;
      });
      process.kill(running.pid, 'SIGKILL');
      await gone;
    },
    pause: () => {
      process.kill(running.pid, 'SIGSTOP');
    },
    resume: () => {
      process.kill(running.pid, 'SIGCONT');
    },
    restart: async () => {
      running = await start(port);
    },
    stop: async () => {
      await running.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
