import fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { inOrder } from './in-order.js';

interface Item {
  readonly lane: string;
  readonly number: number;
}

async function* from(items: readonly Item[], onRead?: () => void): AsyncGenerator<Item> {
  for (const item of items) {
    onRead?.();
    await Promise.resolve();
    yield item;
  }
}

const byLane = (item: Item): string => item.lane;

describe('handling in order', () => {
  it('keeps the order of each lane and of the results, and never exceeds its concurrency', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ lane: fc.constantFrom('a', 'b', 'c'), delay: fc.integer({ min: 0, max: 2 }) })),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 6 }),
        async (shapes, concurrency, window) => {
          const items = shapes.map(({ lane }, number) => ({ lane, number }));
          const handled: Item[] = [];
          let running = 0;
          const results: number[] = [];
          const handle = async (item: Item): Promise<number> => {
            running += 1;
            expect(running).toBeLessThanOrEqual(concurrency);
            await sleep(shapes[item.number]!.delay);
            handled.push(item);
            running -= 1;
            return item.number;
          };
          for await (const result of inOrder(from(items), handle, { laneOf: byLane, concurrency, window })) {
            results.push(result);
          }
          expect(results).toEqual(items.map(({ number }) => number));
          for (const lane of ['a', 'b', 'c']) {
            const numbers = handled.filter((item) => item.lane === lane).map(({ number }) => number);
            expect(numbers).toEqual([...numbers].sort((left, right) => left - right));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('reads no further ahead than its window', async () => {
    const items = Array.from({ length: 20 }, (_, number) => ({ lane: String(number), number }));
    let read = 0;
    const results = inOrder(
      from(items, () => (read += 1)),
      () => new Promise<never>(() => undefined),
      {
        laneOf: byLane,
        concurrency: 20,
        window: 5,
      },
    );
    void results.next();
    await sleep(20);
    expect(read).toBe(5);
  });
});
