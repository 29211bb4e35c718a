import { parseArgs } from 'node:util';
import { failureMessage, stopMessage, type EngineMessage } from './engine-messages.js';

export interface EngineOptions {
  readonly dataDir: string;
  readonly port: number;
}

export interface RunningEngine {
  readonly port: number;
  stop(): Promise<void>;
}

/** Given by the parent, so that a child can tell "started by hand" from "my parent is gone already". */
export const forkedFlag = '--forked';

/** How long a parent may take to end before its engine ends by itself, when both were told to. */
const parentPatienceMs = 30_000;

/** The whole main of an engine's process: arguments, first report, signals, and the end. */
export function runEngine(start: (options: EngineOptions) => Promise<RunningEngine>): void {
  const options = parseOptions();
  const { forked } = options;
  let engine: RunningEngine | undefined;
  let stopping = false;

  // The parent was killed: nobody will ever stop us. What was acknowledged is on disk, so there is nothing to tidy up.
  const orphaned = () => process.exit(0);
  if (forked) {
    process.once('disconnect', orphaned);
    if (!process.connected) orphaned();
  }

  const fail = (error: unknown) => {
    const message = failureMessage(error, options.port);
    if (!forked && message.type === 'failed') process.stderr.write(`${message.message}\n`);
    report(forked, message, () => process.exit(1));
  };

  const stop = () => {
    if (stopping) return;
    stopping = true;
    if (!engine) process.exit(0);
    engine.stop().then(() => process.exit(0), fail);
  };
  if (forked) {
    process.on('message', (message) => {
      if (message === stopMessage) stop();
    });
    // Ctrl-C and service managers reach all processes at once; the parent still needs its engine to end in order.
    process.on('SIGINT', () => undefined);
    process.on('SIGTERM', () => setTimeout(stop, parentPatienceMs));
  } else {
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  }

  start(options).then((started) => {
    engine = started;
    report(forked, { type: 'listening', port: started.port });
  }, fail);
}

function report(forked: boolean, message: EngineMessage, sent: () => void = () => undefined): void {
  if (forked) process.send?.(message, sent);
  else process.stdout.write(`${JSON.stringify(message)}\n`, sent);
}

function parseOptions(): EngineOptions & { forked: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        'data-dir': { type: 'string' },
        port: { type: 'string' },
        forked: { type: 'boolean', default: false },
      },
    });
    const port = Number(values.port ?? '0');
    if (!values['data-dir']) throw new Error('--data-dir is missing');
    if (!Number.isInteger(port) || port < 0 || port > 65535)
      throw new Error(`--port ${values.port ?? ''} is no port`);
    return { dataDir: values['data-dir'], port, forked: values.forked };
  } catch (error) {
    process.stderr.write(
      `${(error as Error).message}\nusage: --data-dir <folder> [--port <number, 0 for any free one>]\n`,
    );
    process.exit(2);
  }
}
