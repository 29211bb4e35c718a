import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { environment } from '#libs/testing/running-product.js';
import type { WatchedProcess } from './await-progress.js';

/** `apps/projector` as an operator starts it, on servers that are there. */
export class ProjectorApp implements WatchedProcess {
  readonly words: string[] = [];
  private isAskedToEnd = false;

  private constructor(private readonly child: ChildProcess) {
    for (const pipe of [child.stdout, child.stderr]) {
      pipe?.setEncoding('utf8').on('data', (text: string) => this.words.push(text.trimEnd()));
    }
    // Whoever started it may fail: then it must not stay.
    process.once('exit', () => child.kill('SIGKILL'));
  }

  static async start(dataDir: string, servers: Readonly<Record<string, string>>): Promise<ProjectorApp> {
    const child = spawn(process.execPath, [appMain()], {
      env: environment(dataDir, servers),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const app = new ProjectorApp(child);
    while (!app.words.some((text) => text.includes('answers at'))) {
      await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
      app.mustLive();
    }
    return app;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  mustLive(): void {
    if (!this.isAlive && !this.isAskedToEnd)
      throw new Error(`Projector ${this.pid} ended by itself.\n${this.words.join('\n')}`);
  }

  pause(): void {
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }

  /** With SIGKILL at once, with SIGTERM after it has given its partitions back. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.isAskedToEnd = true;
    if (!this.isAlive) return;
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    await gone;
  }
}

function appMain(): string {
  const here = import.meta.url.endsWith('.ts') ? '../../dist/' : '../../';
  return fileURLToPath(new URL(`${here}apps/projector/main.js`, import.meta.url));
}
