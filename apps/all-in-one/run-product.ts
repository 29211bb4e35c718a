import { createLogger } from '#libs/observability/index.js';
import { endInAnyCase } from '#libs/runtime/index.js';
import { type Settings, settingsWarnings } from '#libs/settings/index.js';
import { loadDemo } from './load-demo.js';
import { type RunningProduct, startProduct } from './start-product.js';
import { welcome } from './welcome.js';

export interface RunOptions {
  /** How many complaints to generate on an empty log. */
  readonly demoComplaints?: number;
}

/** Runs until it is told to stop, or an engine ends under it. */
export async function runProduct(settings: Settings, { demoComplaints }: RunOptions): Promise<void> {
  const logger = createLogger({ level: settings.logLevel, service: 'all-in-one' });
  const say = (text: string): void => {
    process.stdout.write(`${text}\n`);
  };
  const ending = resolvable<string>();
  const startedAt = performance.now();
  for (const warning of settingsWarnings(settings)) say(`Note: ${warning}`);

  const product = await startProduct(settings, logger, {
    onExit: (engine, { code, signal }) => {
      ending.resolve(
        `The embedded ${engine} ended by itself (${signal ?? `code ${code ?? '?'}`}); stopping.`,
      );
      process.exitCode = 1;
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      ending.resolve('Stopping.');
    });
  }
  say(welcome(settings, product, performance.now() - startedAt));
  const demo = new AbortController();
  const loading =
    demoComplaints === undefined ? undefined : loadDemo(settings, product, demoComplaints, say, demo.signal);
  const loaded = (loading ?? Promise.resolve()).catch((error: unknown) => {
    say(`The demo complaints could not be loaded: ${error instanceof Error ? error.message : String(error)}`);
  });
  say(await ending.promise);
  endInAnyCase();
  demo.abort();
  await loaded;
  await stopSaying(product, say);
}

async function stopSaying(product: RunningProduct, say: (text: string) => void): Promise<void> {
  try {
    await product.stop();
    say('Stopped; everything acknowledged is on disk.');
  } catch (error) {
    process.exitCode = 1;
    const why = error instanceof Error ? error.message : String(error);
    say(`Stopped, though not in order (${why}); everything acknowledged is on disk.`);
  }
}

function resolvable<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
