import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ProjectorTuning } from '#libs/projection-engine/index.js';
import { WatchedChild } from './watched-child.js';

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

/** The product's projections in a small process; its last warnings, and what came over stderr, are its words. */
export class ProjectorProcess extends WatchedChild {
  /** Of the member that it is, once it runs. */
  memberId = '';

  private constructor(options: ChildOptions) {
    super(
      fork(childMain(), [JSON.stringify(options)], {
        execArgv: [],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      }),
    );
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.keep(text.trimEnd());
    });
    this.child.on('message', (message) => {
      const said = message as ChildMessage;
      if ('warning' in said) this.keep(said.warning);
      else this.memberId = said.running;
    });
  }

  /** @throws when it ends before it runs */
  static async start(options: ChildOptions): Promise<ProjectorProcess> {
    const projector = new ProjectorProcess(options);
    while (projector.memberId === '' && projector.isAlive) {
      await projector.hears(once(projector.child, 'message'));
    }
    projector.mustLive();
    return projector;
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
