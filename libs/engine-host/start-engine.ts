import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import {
  EngineStartError,
  failureOf,
  PortTakenError,
  stopMessage,
  type EngineMessage,
} from './engine-messages.js';
import { forkedFlag } from './run-engine.js';

export type EngineName = 'eventstore' | 'mongodb';

export interface EngineExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface StartEngineOptions {
  readonly engine: EngineName;
  readonly dataDir: string;
  /** 0: any free one. */
  readonly port: number;
  /** A taken port is answered with a free one instead of an error; for ports that nobody asked for by name. */
  readonly fallBackToFreePort?: boolean;
  /** Called when the engine ends without having been stopped. */
  readonly onExit?: (exit: EngineExit) => void;
}

export interface StartedEngine {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** The wanted port was taken, `port` is another. */
  readonly portTaken: boolean;
  stop(): Promise<void>;
}

/** A clean stop closes files in milliseconds; one that takes longer hangs. */
const stopPatienceMs = 10_000;

/** Engines run in processes of their own: what a client's load does to one cannot stall the application's event loop. */
export async function startEngine(options: StartEngineOptions): Promise<StartedEngine> {
  try {
    return await launch(options, options.port, false);
  } catch (error) {
    if (!(error instanceof PortTakenError && options.fallBackToFreePort)) throw error;
    return await launch(options, 0, true);
  }
}

async function launch(
  options: StartEngineOptions,
  wantedPort: number,
  portTaken: boolean,
): Promise<StartedEngine> {
  const child = fork(
    mainOf(options.engine),
    ['--data-dir', options.dataDir, '--port', String(wantedPort), forkedFlag],
    {
      // The parent's own flags (a debugger's port, a test runner's loader) are not the child's.
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    },
  );
  const gone = exitOf(child);
  const port = await listening(options.engine, child, gone);
  let stopping = false;
  void gone.then((exit) => {
    if (!stopping) options.onExit?.(exit);
  });
  return {
    url: urlOf(options.engine, port),
    port,
    pid: child.pid ?? 0,
    portTaken,
    stop: async () => {
      stopping = true;
      // Without a channel it is ending already.
      if (child.connected) child.send(stopMessage, () => undefined);
      const hangs = setTimeout(() => child.kill('SIGKILL'), stopPatienceMs);
      await gone;
      clearTimeout(hangs);
    },
  };
}

/** Child processes run from dist/, also when this file itself runs from its source (tests). */
function mainOf(engine: EngineName): string {
  const libs = import.meta.url.endsWith('.ts') ? '../../dist/libs' : '..';
  return fileURLToPath(new URL(`${libs}/embedded-${engine}/main.js`, import.meta.url));
}

function urlOf(engine: EngineName, port: number): string {
  switch (engine) {
    case 'eventstore':
      return `esdb://127.0.0.1:${port}?tls=false`;
    case 'mongodb':
      return `mongodb://127.0.0.1:${port}/?directConnection=true`;
  }
}

function exitOf(child: ChildProcess): Promise<EngineExit> {
  return new Promise((done) => {
    child.once('exit', (code, signal) => {
      done({ code, signal });
    });
    // Could not be spawned at all: there will be no exit.
    child.once('error', () => {
      if (child.pid === undefined) done({ code: null, signal: null });
    });
  });
}

async function listening(
  engine: EngineName,
  child: ChildProcess,
  gone: Promise<EngineExit>,
): Promise<number> {
  const lastWords = forwardStderr(child);
  const answer = await Promise.race([
    new Promise<EngineMessage>((done) =>
      child.once('message', (message) => {
        done(message as EngineMessage);
      }),
    ),
    gone,
  ]);
  if (!('type' in answer)) {
    const words = lastWords().trim();
    throw new EngineStartError(
      'ENDED',
      `The embedded ${engine} ended while it was starting (${answer.signal ?? `code ${answer.code ?? '?'}`})${words ? `: ${words}` : ''}`,
    );
  }
  if (answer.type === 'listening') return answer.port;
  await gone;
  throw failureOf(answer);
}

function forwardStderr(child: ChildProcess): () => string {
  let tail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-2000);
    process.stderr.write(text);
  });
  return () => tail;
}
