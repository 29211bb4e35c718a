import { DeliveryError, type NotificationChannel } from '../channels/channel.port.js';
import type { OutboxEntry } from '../outbox/outbox-entry.js';
import { entry } from '../testing/entries.fixtures.js';
import { MemoryOutbox } from '../testing/memory-outbox.js';
import { deliverDue } from './deliver-due.js';
import { MOST_ATTEMPTS, waitAfter } from './retry-plan.js';

const never = new AbortController().signal;
const START = Date.parse(entry().nextAttemptAt);

function channel(send: (sent: OutboxEntry) => Promise<void>): NotificationChannel {
  return { name: 'log', send, close: () => Promise.resolve() };
}

const failing = (error: Error): NotificationChannel => channel(() => Promise.reject(error));

async function deliver(
  outbox: MemoryOutbox,
  channels: NotificationChannel[],
  more: { now?: number; mostAttempts?: number } = {},
): Promise<string[]> {
  const results: string[] = [];
  const { now = START, ...rest } = more;
  const onResult = (_entry: OutboxEntry, result: string): void => void results.push(result);
  await deliverDue({ outbox, channels, now: () => now, onResult, ...rest }, never);
  return results;
}

describe('Delivering', () => {
  it('sends what is due, once', async () => {
    const sent: string[] = [];
    const channels = [channel(({ whom }) => Promise.resolve(void sent.push(whom)))];
    const outbox = new MemoryOutbox(entry());
    expect(await deliver(outbox, channels, { now: START - 1 })).toEqual([]);
    expect(await deliver(outbox, channels)).toEqual(['delivered']);
    expect(await deliver(outbox, channels)).toEqual([]);
    expect(sent).toEqual(['team']);
    expect(outbox.only).toMatchObject({ state: 'delivered', attempts: 1 });
  });

  it('tries again after a failure, but not at once', async () => {
    const outbox = new MemoryOutbox(entry());
    expect(await deliver(outbox, [failing(new Error('ECONNREFUSED somebody@x'))])).toEqual(['failed']);
    expect(outbox.only).toMatchObject({ state: 'waiting', attempts: 1, lastFailure: 'Error' });
    expect(await deliver(outbox, [channel(() => Promise.resolve())])).toEqual([]);
    const later = Date.parse(outbox.only.nextAttemptAt);
    expect(await deliver(outbox, [channel(() => Promise.resolve())], { now: later })).toEqual(['delivered']);
  });

  it('counts an attempt before it is made, so that one that ends the process is not made for ever', async () => {
    const outbox = new MemoryOutbox(entry());
    let seen: OutboxEntry | undefined;
    await deliver(outbox, [channel(() => Promise.resolve(void (seen = outbox.only)))]);
    expect(seen).toMatchObject({ attempts: 1, state: 'waiting' });
    expect(Date.parse(seen!.nextAttemptAt)).toBeGreaterThan(START);
  });

  it('leaves an attempt to whoever has begun it', async () => {
    const outbox = new MemoryOutbox(entry({ attempts: 1 }));
    outbox.due = () => Promise.resolve([entry()]);
    expect(await deliver(outbox, [channel(() => Promise.reject(new Error('never called')))])).toEqual([]);
  });

  it('parks what failed too often, what is hopeless, and what no channel is there for', async () => {
    const tired = new MemoryOutbox(entry({ attempts: 1 }));
    const error = new DeliveryError('http-503');
    expect(await deliver(tired, [failing(error)], { mostAttempts: 3 })).toEqual(['failed']);
    const later = Date.parse(tired.only.nextAttemptAt);
    expect(await deliver(tired, [failing(error)], { mostAttempts: 3, now: later })).toEqual(['parked']);
    expect(tired.only).toMatchObject({ state: 'parked', attempts: 3, lastFailure: 'http-503' });

    const hopeless = new MemoryOutbox(entry());
    expect(await deliver(hopeless, [failing(new DeliveryError('smtp-550', true))])).toEqual(['parked']);
    const channelless = new MemoryOutbox(entry({ channel: 'smtp' }));
    expect(await deliver(channelless, [])).toEqual(['parked']);
    expect(channelless.only.lastFailure).toBe('channel-not-set-up');
  });
});

describe('The wait between attempts', () => {
  it('doubles from two seconds to half an hour, with up to half of it taken off by chance', () => {
    const longest = Array.from({ length: 12 }, (_, index) => waitAfter(index + 1, 0.999_999) / 1000);
    expect(longest.map(Math.round)).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1800, 1800]);
    expect(waitAfter(1, 0)).toBe(1000);
    expect(waitAfter(1000, 0)).toBe(900_000);
  });

  it('bears an outage of some hours before anything is parked', () => {
    let shortest = 0;
    for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt += 1) shortest += waitAfter(attempt, 0);
    expect(shortest / 3_600_000).toBeGreaterThan(4);
  });
});
