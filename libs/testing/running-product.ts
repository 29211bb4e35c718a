import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { issueToken } from '#libs/auth/index.js';

/** Also when this file itself runs from dist/. */
const root = import.meta.url.includes('/dist/libs/') ? '../../../' : '../../';
const CLI = fileURLToPath(new URL(`${root}apps/cli/bin/complaints.js`, import.meta.url));

export interface ProductProcess {
  readonly url: string;
  readonly dataDir: string;
  readonly pid: number;
  /** Everything it has printed. */
  output(): string;
  token(role: string, sub?: string, team?: string): Promise<string>;
  /** Once it has ended by itself, its exit code. */
  ended(): Promise<number | null>;
  /** Ctrl-C; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** As a service manager stops a service: SIGTERM to the process and its engines at once. Resolves with the exit code. */
  terminate(): Promise<number | null>;
  /** The whole product at once, as a power cut would: the process and its engines. */
  kill9(): Promise<void>;
}

export interface ProductProcessOptions {
  readonly dataDir?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export async function temporaryDataDir(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'complaints-'));
}

export async function removeDataDir(dataDir: string): Promise<void> {
  await rm(dataDir, { recursive: true, force: true });
}

export function environment(dataDir: string, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const free = { PORT: '0', EMBEDDED_EVENTSTORE_PORT: '0', EMBEDDED_MONGODB_PORT: '0', LOG_LEVEL: 'warn' };
  return { ...process.env, ...free, DATA_DIR: dataDir, EVENTSTORE_URL: '', MONGODB_URL: '', ...more };
}

/** Starts the product through its real entrance and waits until it answers. */
export async function startProductProcess(options: ProductProcessOptions = {}): Promise<ProductProcess> {
  const dataDir = options.dataDir ?? (await temporaryDataDir());
  // A group of its own, so that all its processes can be killed in one moment.
  const child = spawn(process.execPath, [CLI, 'start', ...(options.args ?? [])], {
    env: environment(dataDir, options.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  // A failed test leaves its product running: that must neither hold the test runner nor outlive it.
  child.unref();
  for (const pipe of [child.stdout, child.stderr]) (pipe as unknown as Socket).unref();
  const end = (): void => {
    killGroup(child.pid);
  };
  process.once('exit', end);
  void exited.then(() => process.off('exit', end));
  const url = await urlFrom(() => printed, child);
  return {
    url,
    dataDir,
    pid: child.pid ?? 0,
    output: () => printed,
    token: (role, sub = `${role}-1`, team) =>
      issueToken({ dataDir, sub, roles: [role], ...(team ? { team } : {}) }),
    ended: () => exited,
    stop: async () => {
      child.kill('SIGINT');
      return exited;
    },
    terminate: async () => {
      killGroup(child.pid, 'SIGTERM');
      return exited;
    },
    kill9: async () => {
      killGroup(child.pid);
      await exited;
    },
  };
}

/** The process and the engines it started: they are one group. */
function killGroup(pid: number | undefined, signal: NodeJS.Signals = 'SIGKILL'): void {
  if (pid !== undefined) process.kill(-pid, signal);
}

async function urlFrom(printed: () => string, child: ChildProcess): Promise<string> {
  for (let waited = 0; waited < 60_000; waited += 50) {
    const url = /answers at (http:\/\/\S+)/.exec(printed())?.[1];
    if (url !== undefined) return url;
    if (child.exitCode !== null) break;
    await sleep(50);
  }
  throw new Error(`The product did not start:\n${printed()}`);
}

export interface CommandLineResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `npx complaints …` on a data folder. */
export async function runCommandLine(
  args: readonly string[],
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<CommandLineResult> {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: environment(dataDir, env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr };
}
