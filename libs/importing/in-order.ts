export interface InOrderOptions<Item> {
  /** Items of one lane are handled one after the other, in the order they came. */
  laneOf(this: void, item: Item): string;
  /** How many items are handled at once. */
  readonly concurrency: number;
  /** How many results may wait for an earlier one: bounds the memory. */
  readonly window: number;
}

/**
 * Handles items side by side, one lane's strictly in order, and yields the results in the order of the items. Reads no
 * further ahead than the window. `handle` must not reject: a failure is a result.
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  handle: (item: Item) => Promise<Result>,
  { laneOf, concurrency, window }: InOrderOptions<Item>,
): AsyncGenerator<Result> {
  const pending: Promise<Result>[] = [];
  const laneEnds = new Map<string, Promise<unknown>>();
  const turn = semaphore(concurrency);

  for await (const item of items) {
    const lane = laneOf(item);
    const before = laneEnds.get(lane);
    const result = (async () => {
      await before;
      await turn.take();
      try {
        return await handle(item);
      } finally {
        turn.give();
      }
    })();
    laneEnds.set(lane, result);
    void result.finally(() => {
      if (laneEnds.get(lane) === result) laneEnds.delete(lane);
    });
    pending.push(result);
    while (pending.length >= window) yield await (pending.shift() as Promise<Result>);
  }
  for (const result of pending) yield await result;
}

function semaphore(places: number): { take: () => Promise<unknown>; give: () => void } {
  let free = places;
  const waiting: (() => void)[] = [];
  return {
    take: () => {
      if (free > 0) {
        free -= 1;
        return Promise.resolve(undefined);
      }
      return new Promise<unknown>((resolve) =>
        waiting.push(() => {
          resolve(undefined);
        }),
      );
    },
    give: () => {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    },
  };
}
