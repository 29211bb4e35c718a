import { setTimeout as sleep } from 'node:timers/promises';
import { connectReadStore, leaseOn, type ReadStore } from '#libs/read-store/index.js';
import { startTestEngine, type TestEngine } from '#libs/testing/embedded-engines.js';
import { pause } from '../pause.js';
import { Leadership } from './leadership.js';
import type { LeaseRecord, LeaseStore } from './lease-store.port.js';

const timing = { beatMs: 40, leaseMs: 400 };

describe('The lease', () => {
  let engine: TestEngine;
  let readStore: ReadStore;
  let troubles: unknown[];
  let acting: Set<string>;
  let terms: string[];

  beforeAll(async () => {
    engine = await startTestEngine('mongodb');
    readStore = await connectReadStore({ url: engine.url });
  });
  afterAll(async () => {
    await readStore.close();
    await engine.stop();
  });
  beforeEach(() => {
    troubles = [];
    acting = new Set();
    terms = [];
  });

  const run = (name: string, store: LeaseStore): Leadership =>
    new Leadership({
      store,
      timing,
      duties: [
        async (signal) => {
          acting.add(name);
          terms.push([...acting].sort().join('+'));
          while (!signal.aborted) await pause(1000, signal);
          acting.delete(name);
        },
      ],
      onTrouble: (error) => troubles.push(error),
    });
  const until = async (holds: () => boolean): Promise<void> => {
    for (let waited = 0; waited < 10_000 && !holds(); waited += 10) await sleep(10);
    expect(holds()).toBe(true);
  };

  it('is held by one of several, and goes to another at once when it is given back', async () => {
    const [one, two] = [
      run('one', leaseOn(readStore, 'given-back')),
      run('two', leaseOn(readStore, 'given-back')),
    ];
    await until(() => acting.size === 1);
    await sleep(3 * timing.leaseMs);
    expect(terms).toHaveLength(1);
    const [first] = terms;
    await (first === 'one' ? one : two).stop();
    await until(() => acting.size === 1);
    expect(terms).toEqual([first, first === 'one' ? 'two' : 'one']);
    await Promise.all([one.stop(), two.stop()]);
    expect(acting.size).toBe(0);
  });

  it('goes to another when its holder falls silent, and the silent one stops acting before that', async () => {
    const store = leaseOn(readStore, 'silent');
    let cutOff = false;
    const unreachable = (): Promise<never> => Promise.reject(new Error('unreachable'));
    const silenced: LeaseStore = {
      read: () => (cutOff ? unreachable() : store.read()),
      claim: (...seen) => (cutOff ? unreachable() : store.claim(...seen)),
      beat: (epoch) => (cutOff ? unreachable() : store.beat(epoch)),
      release: (epoch) => (cutOff ? unreachable() : store.release(epoch)),
    };
    const one = run('one', silenced);
    await until(() => acting.has('one'));
    const two = run('two', store);
    await sleep(2 * timing.beatMs);
    cutOff = true;
    await until(() => acting.has('two'));
    expect(terms).toEqual(['one', 'two']);
    expect(troubles.length).toBeGreaterThan(0);
    await Promise.all([one.stop(), two.stop()]);
  });

  it('ends the duties of a holder that learns from its beat that another has the lease', async () => {
    const store = leaseOn(readStore, 'taken');
    const one = run('one', store);
    await until(() => acting.has('one'));
    // Beats come in between, so one claim after another until it fits.
    const holder = { id: 'other', host: 'elsewhere', pid: 1 };
    let claimed: LeaseRecord | undefined;
    while (claimed === undefined) claimed = await store.claim(await store.read(), holder);
    await until(() => !acting.has('one'));
    await one.stop();
    expect(terms).toEqual(['one']);
  });

  it('refuses a claim and a beat of whoever saw an older state', async () => {
    const store = leaseOn(readStore, 'fenced');
    const holder = { id: 'a', host: 'h', pid: 1 };
    const seen = await store.read();
    const claimed = await store.claim(seen, holder);
    expect(claimed?.epoch).toBe(seen.epoch + 1);
    expect(await store.claim(seen, { ...holder, id: 'b' })).toBeUndefined();
    expect(await store.beat(seen.epoch)).toBe(false);
    expect(await store.beat(seen.epoch + 1)).toBe(true);
    // It beat since it was seen: it lives.
    expect(await store.claim(claimed!, { ...holder, id: 'b' })).toBeUndefined();
  });

  it('begins a duty again that failed', async () => {
    let begun = 0;
    const leadership = new Leadership({
      store: leaseOn(readStore, 'failing'),
      timing,
      duties: [
        () => {
          begun += 1;
          return Promise.reject(new Error('lost its connection'));
        },
      ],
      onTrouble: (error) => troubles.push(error),
    });
    await until(() => begun >= 3);
    await leadership.stop();
    expect(troubles).toHaveLength(begun);
  });
});
