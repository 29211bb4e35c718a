import { once } from 'node:events';
import { Readable } from 'node:stream';
import { consumeStream } from './consume-stream.js';

describe('A read that may run dry', () => {
  const reading = () => {
    const stream = Readable.from(['a', 'b', 'c']);
    const stop = new AbortController();
    let cancelled = 0;
    const cancel = () => {
      cancelled += 1;
      return Promise.resolve();
    };
    const options = { cancel, stallMs: 60_000, signal: stop.signal, runsDry: true };
    return { stream, stop, items: consumeStream<string>(stream, options), given: () => cancelled > 0 };
  };

  it('is left to come to its end, and only then given up', async () => {
    const { stream, items, given } = reading();
    expect(await items.next()).toMatchObject({ value: 'a' });
    await items.return(undefined);
    expect([stream.destroyed, given()]).toEqual([false, false]);
    await once(stream, 'close');
    expect(given()).toBe(true);
  });

  it('is given up at once when the store was closed while its reader held an event', async () => {
    const { stream, stop, items, given } = reading();
    await items.next();
    stop.abort();
    await once(stream, 'close');
    await items.return(undefined);
    expect(given()).toBe(true);
  });
});
