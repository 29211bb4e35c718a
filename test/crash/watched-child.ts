import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { WatchedProcess } from './await-progress.js';

/** A projector in a process of its own, to be stopped, resumed and killed; what it said last tells why it ended. */
export abstract class WatchedChild implements WatchedProcess {
  readonly words: string[] = [];
  private isAskedToEnd = false;
  private readonly exited: Promise<unknown>;

  protected constructor(protected readonly child: ChildProcess) {
    this.exited = once(child, 'exit');
    // Also one that is stopped just now, and could not notice by itself that nobody watches it any more.
    const end = () => child.kill('SIGKILL');
    process.once('exit', end);
    void this.exited.then(() => process.off('exit', end));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** @throws with its last words when it has ended without being told to */
  mustLive(): void {
    if (this.isAlive || this.isAskedToEnd) return;
    const { exitCode, signalCode } = this.child;
    throw new Error(
      `Projector ${this.pid} ended by itself (${signalCode ?? `code ${exitCode ?? '?'}`}).\n${this.words.join('\n')}`,
    );
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
    if (this.isAlive) this.child.kill(signal);
    await this.exited;
  }

  /** Until it has told something, or ended. */
  protected async hears(heard: Promise<unknown>): Promise<void> {
    await Promise.race([heard, this.exited]);
  }
}
