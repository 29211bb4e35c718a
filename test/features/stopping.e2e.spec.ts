import { setTimeout as sleep } from 'node:timers/promises';
import { removeDataDir, startProductProcess } from '#libs/testing/running-product.js';

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
});
