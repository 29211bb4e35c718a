import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeDataDir, startProductProcess } from '#libs/testing/running-product.js';

/** Of a child of the process whose command line holds the text; from /proc, which nothing need be installed for. */
async function childOf(parent: number, text: string): Promise<number> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const about = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
    const [status, commandLine] = await Promise.all([about('status'), about('cmdline')]);
    if (status.includes(`\nPPid:\t${parent}\n`) && commandLine.includes(text)) return Number(pid);
  }
  throw new Error(`${parent} has no child that is a ${text}`);
}

const itWhereProcessesAreFiles = process.platform === 'linux' ? it : it.skip;

describe('a product that is told to stop amid its work', () => {
  it('ends its engines last, also when the signal reaches them at the same moment', async () => {
    const product = await startProductProcess({ args: ['--demo'] });
    while (!product.output().includes('100 of 600 complaints told')) await sleep(50);
    expect(await product.terminate()).toBe(0);
    const printed = product.output();
    expect(printed).toContain('Stopped; everything acknowledged is on disk.');
    expect(printed).not.toMatch(
      /ended by itself|could not be loaded|"level":"error"|SubscriptionDropped|ServerSelection/,
    );
    // Nothing is left of the group.
    expect(() => process.kill(-product.pid, 0)).toThrow('ESRCH');
    await removeDataDir(product.dataDir);
  }, 90_000);

  itWhereProcessesAreFiles.each(['embedded-mongodb', 'embedded-eventstore'])(
    'ends with an error when its %s has ended by itself, for whoever starts it again',
    async (engine) => {
      const product = await startProductProcess({ args: ['--demo'] });
      while (!product.output().includes('100 of 600 complaints told')) await sleep(50);
      process.kill(await childOf(product.pid, engine), 'SIGKILL');
      expect(await product.ended()).toBe(1);
      expect(product.output()).toContain(
        `The ${engine.replace('-', ' ')} ended by itself (SIGKILL); stopping.`,
      );
      expect(product.output()).not.toContain('Stopping has taken a minute');
      expect(() => process.kill(-product.pid, 0)).toThrow('ESRCH');
      await removeDataDir(product.dataDir);
    },
    90_000,
  );
});
