import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ProjectorTuning } from '#libs/projection-engine/index.js';

export interface ChildOptions {
  readonly eventStoreUrl: string;
  readonly mongoUrl: string;
  readonly database: string;
  readonly tuning: Partial<ProjectorTuning>;
  /** Of the mischief that its line to the log makes. */
  readonly seed: number;
}

/** What a child says over its channel. */
export type ChildMessage = { readonly running: string } | { readonly warning: string };

const keptWords = 40;

/** A projector in a process of its own, to be killed; what it said last is kept for the day it does not come to its end. */
export class ProjectorProcess {
  /** Last warnings, and what came over stderr. */
  readonly words: string[] = [];
  /** Of the member that it is, once it runs. */
  memberId = '';
  private readonly child: ChildProcess;
  private readonly exited: Promise<void>;
  private isAskedToEnd = false;

  private constructor(options: ChildOptions) {
    this.child = fork(childMain(), [JSON.stringify(options)], {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.keep(text.trimEnd());
    });
    this.child.on('message', (message) => {
      const said = message as ChildMessage;
      if ('warning' in said) this.keep(said.warning);
      else this.memberId = said.running;
    });
    this.exited = once(this.child, 'exit').then(() => undefined);
  }

  /** @throws when it ends before it runs */
  static async start(options: ChildOptions): Promise<ProjectorProcess> {
    const projector = new ProjectorProcess(options);
    while (projector.memberId === '' && projector.isAlive) {
      await Promise.race([once(projector.child, 'message'), projector.exited]);
    }
    projector.mustLive();
    return projector;
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

  async kill9(): Promise<void> {
    this.isAskedToEnd = true;
    this.child.kill('SIGKILL');
    await this.exited;
  }

  private keep(words: string): void {
    this.words.push(words);
    if (this.words.length > keptWords) this.words.shift();
  }
}

/** Children run from dist/, also when this file itself runs from its source. */
function childMain(): string {
  const here = import.meta.url.endsWith('.ts') ? '../../dist/test/crash/' : './';
  return fileURLToPath(new URL(`${here}projector-child.js`, import.meta.url));
}
