import { startTestEngine, type TestEngine } from '#libs/testing/embedded-engines.js';
import { connectReadStore, readAhead, type ReadStore } from './index.js';

interface Numbered {
  readonly _id: string;
  readonly number: number;
  readonly parts: readonly { readonly kept: number; readonly nothing: null; readonly dropped: string }[];
}

const MANY = 2500;
let engine: TestEngine;
let store: ReadStore;

const numbers = () => store.collection<Numbered>('numbers');

async function taken<T>(found: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of found) all.push(one);
  return all;
}

beforeAll(async () => {
  engine = await startTestEngine('mongodb');
  store = await connectReadStore({ url: engine.url });
  const documents = Array.from({ length: MANY }, (_, number) => ({
    _id: String(number),
    number,
    parts: [{ kept: number, nothing: null, dropped: 'x' }],
  }));
  await numbers().insertMany(documents);
});
afterAll(async () => {
  await store.close();
  await engine.stop();
});

describe('reading ahead', () => {
  it('finds what plain iteration finds, over the bounds of batches', async () => {
    for (const batchSize of [1, 999, MANY, MANY + 1]) {
      const filter = batchSize === 1 ? { number: { $lt: 20 } } : {};
      const found = await taken(readAhead(numbers(), filter, { batchSize }));
      expect(found.sort((a, b) => a.number - b.number)).toEqual(
        await numbers().find(filter).sort({ number: 1 }).toArray(),
      );
    }
  });

  it('finds nothing where nothing is', async () => {
    expect(await taken(readAhead(numbers(), { number: -1 }, { batchSize: 10 }))).toEqual([]);
  });

  it('leaves out what it is told to, and keeps a null', async () => {
    const options = { batchSize: 10, projection: { 'parts.dropped': 0, 'parts.nothing.deeper': 0 } } as const;
    const [found] = await taken(readAhead(numbers(), { number: 7 }, options));
    expect(found).toEqual({ _id: '7', number: 7, parts: [{ kept: 7, nothing: null }] });
  });

  it('can be left in the middle, and leaves no cursor behind', async () => {
    for await (const { number } of readAhead(numbers(), {}, { batchSize: 100 })) if (number >= 150) break;
    expect(await numbers().countDocuments()).toBe(MANY);
  });
});
