import { BSON, Double, Long, ObjectId, Timestamp, type Document } from 'mongodb';
import type { MongodbUnderTest } from './harness.js';

const oid = new ObjectId('656565656565656565656565');
const ids: unknown[] = [
  1,
  new Double(1),
  Long.fromNumber(1),
  2,
  'a',
  'ab',
  oid,
  new Date(5),
  true,
  { a: 1 },
  null,
];
const guards: Document[] = [
  {},
  {},
  { rev: 1 },
  { rev: 2 },
  { rev: new Double(1) },
  { rev: 1, name: 'x' },
  { 'in.a': 1 },
  { rev: { $gte: 1 } },
  { tags: 'p' },
  { name: null },
];
const changes: Document[] = [
  { rev: 1, name: 'x', tags: ['p', 'q'] },
  { rev: 2, in: { a: 1 }, name: null },
  { name: 'a longer text than any other', rev: 1 },
  { rev: new Double(1), _id: 'a' },
  { _id: 1, rev: 1 },
  { rev: 2, _id: oid, name: 'x' },
  { _id: new Double(1), rev: 7 },
  {},
  { $set: { rev: 1 } },
  { rev: 1, $set: 1 },
  { at: new Timestamp({ t: 3, i: 1 }) },
];

/** The same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function statements(seed: number): Document[] {
  const next = numbers(seed);
  return Array.from({ length: 60 }, () => {
    const id = ids[next(ids.length)];
    const guard = guards[next(guards.length)];
    return {
      q: next(9) === 0 ? { ...guard } : next(4) === 0 ? { ...guard, _id: id } : { _id: id, ...guard },
      u: { ...changes[next(changes.length)] },
      ...(next(3) === 0 ? {} : { upsert: next(4) > 0 }),
      ...(next(2) === 0 ? {} : { multi: next(12) === 0 }),
    };
  });
}

export function replacementContract({ db, fresh }: MongodbUnderTest): void {
  describe('replacements by the id', () => {
    it('come to the same one by one, in a bulk, and beside variables of the command', async () => {
      for (let seed = 1; seed <= 12; seed++) {
        const all = statements(seed);
        const ways: [string, (name: string) => Promise<Document[]>][] = [
          ['bulk', async (update) => [await db().command({ update, updates: all, ordered: false })]],
          [
            'variables',
            async (update) => [await db().command({ update, updates: all, ordered: false, let: { x: 1 } })],
          ],
          [
            'single',
            async (update) => {
              const answers: Document[] = [];
              for (const one of all)
                answers.push(await db().command({ update, updates: [one], ordered: false }));
              return answers;
            },
          ],
        ];
        const outcomes: unknown[] = [];
        for (const [, run] of ways) {
          const c = await fresh();
          await c.createIndex({ name: 1 }, { unique: true, sparse: true }, {});
          await c.createIndex({ tags: 1, rev: -1 });
          const answers = await run(c.collectionName);
          const sum = (field: string) =>
            answers.reduce((n, answer) => n + ((answer[field] as number | undefined) ?? 0), 0);
          const known = (field: string) =>
            answers.flatMap((answer, i) =>
              ((answer[field] ?? []) as Document[])
                .filter(
                  (item) =>
                    field !== 'upserted' || !(item['_id'] instanceof ObjectId) || oid.equals(item['_id']),
                )
                .map(({ index, _id, code }) => [
                  answers.length > 1 ? i : (index as number),
                  _id as unknown,
                  code as unknown,
                ]),
            );
          const stored = await c.find({}, { promoteValues: false }).sort({ _id: 1 }).toArray();
          outcomes.push(
            BSON.EJSON.stringify(
              {
                n: sum('n'),
                modified: sum('nModified'),
                upserted: known('upserted'),
                errors: known('writeErrors'),
                stored: stored.filter(({ _id }) => !(_id instanceof ObjectId) || oid.equals(_id)),
                byName: await c.countDocuments({ name: 'x' }, { hint: { name: 1 } }),
                byTag: await c.countDocuments({ tags: 'p' }),
              },
              { relaxed: false },
            ),
          );
        }
        expect(outcomes[0]).toEqual(outcomes[1]);
        expect(outcomes[2]).toEqual(outcomes[1]);
        expect(outcomes[0]).toContain('11000');
      }
    });

    it.each([
      ['a replacement', { q: { _id: 1 }, u: { name: 'y' } }],
      ['operators', { q: { _id: 1 }, u: { $set: { name: 'y' } } }],
      ['an update of many that fails at the second', { q: {}, u: { $set: { name: 'z' } }, multi: true }],
    ])('count nothing for %s that is refused', async (_, statement) => {
      const c = await fresh([
        { _id: 1, name: 'x' },
        { _id: 2, name: 'y' },
      ]);
      await c.createIndex({ name: 1 }, { unique: true }, {});
      const answer = await db().command({ update: c.collectionName, updates: [statement] });
      expect(answer).toMatchObject({ n: 0, nModified: 0, writeErrors: [{ index: 0, code: 11000 }] });
    });

    it('give an empty timestamp the time of the server where they insert', async () => {
      const c = await fresh();
      await c.bulkWrite([
        { replaceOne: { filter: { _id: 1 as never }, replacement: { at: new Timestamp(0n) }, upsert: true } },
      ]);
      expect(((await c.findOne({ _id: 1 as never }))?.['at'] as Timestamp).t).toBeGreaterThan(1e9);
    });
  });
}
