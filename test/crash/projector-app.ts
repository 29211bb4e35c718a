import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { environment } from '#libs/testing/running-product.js';
import { WatchedChild } from './watched-child.js';

type WithOutput = ChildProcessByStdio<null, Readable, Readable>;

/** `apps/projector` as an operator starts it, on servers that are there. */
export class ProjectorApp extends WatchedChild {
  private constructor(child: WithOutput) {
    super(child);
    for (const pipe of [child.stdout, child.stderr]) {
      pipe.setEncoding('utf8').on('data', (text: string) => this.words.push(text.trimEnd()));
    }
  }

  static async start(dataDir: string, servers: Readonly<Record<string, string>>): Promise<ProjectorApp> {
    const child = spawn(process.execPath, [appMain()], {
      env: environment(dataDir, servers),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const app = new ProjectorApp(child);
    while (!app.words.some((text) => text.includes('answers at'))) {
      await app.hears(once(child.stdout, 'data'));
      app.mustLive();
    }
    return app;
  }
}

function appMain(): string {
  const here = import.meta.url.endsWith('.ts') ? '../../dist/' : '../../';
  return fileURLToPath(new URL(`${here}apps/projector/main.js`, import.meta.url));
}
