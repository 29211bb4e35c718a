import { Decimal128, Double, Int32, Long, ObjectId, type Document } from 'mongodb';
import type { MongodbUnderTest } from './harness.js';

const id = new ObjectId('656565656565656565656565');
const day = new Date('2026-03-01T00:00:00Z');
/** What another type's key could be taken for, were a text not told apart from it. */
const likeAnId = `\0\x01${'e'.repeat(12)}`;

const kinds: [name: string, values: unknown[], groups: number[]][] = [
  ['texts', ['a', 'b', 'a', ''], [2, 1, 1]],
  ['numbers by value', [new Int32(1), new Double(1), Long.fromNumber(1), new Decimal128('1.0'), 1.5], [4, 1]],
  ['zeros of both signs', [0, -0], [2]],
  ['numbers that no double holds', [Long.fromString('9007199254740993'), 9007199254740992], [1, 1]],
  ['moments', [day, new Date(day), new Date(day.getTime() + 1)], [2, 1]],
  ['object ids, and texts like them', [id, new ObjectId(id), id.toHexString(), likeAnId], [2, 1, 1]],
  ['truth values and their names', [true, 'true', 1, true, false], [2, 1, 1, 1]],
  ['null and what is missing as one', [null, undefined, null], [3]],
  [
    'arrays',
    [
      [1, 2],
      [1, new Double(2)],
      [2, 1],
    ],
    [2, 1],
  ],
  [
    'documents by their fields in order',
    [
      { a: 1, b: 2 },
      { a: 1, b: 2 },
      { b: 2, a: 1 },
    ],
    [2, 1],
  ],
];

/** Documents whose fields stand elsewhere in each, of other types, and twice as a part of one another's names. */
const shapes: Document[] = Array.from({ length: 240 }, (_, i) => {
  const fields: [string, unknown][] = [
    ['t', i % 2 ? `team-${i % 3}` : i % 3],
    ['te', i],
    ['team', i % 5 ? `a team with a long name ${i % 4}` : null],
    ['n', i % 7 ? i : new Double(i)],
    ['at', new Date(i)],
    ['o', { n: i % 6, team: [i] }],
  ];
  const turned = [...fields.slice(i % 6), ...fields.slice(0, i % 6)].filter((_f, at) => (i + at) % 9 > 0);
  return { _id: i, ...Object.fromEntries(turned) };
});

export function groupContract({ fresh }: MongodbUnderTest): void {
  describe('groups', () => {
    it.each(kinds)('tell apart %s', async (_, values, groups) => {
      const rows = values.map((v, i) => ({ _id: i, ...(v === undefined ? {} : { v }) }));
      const c = await fresh(rows);
      const counts = async (key: unknown) => {
        const found = await c
          .aggregate([{ $sort: { _id: 1 } }, { $group: { _id: key, n: { $sum: 1 } } }])
          .toArray();
        return found.map((doc) => doc['n'] as number).sort((a, b) => b - a);
      };
      expect(await counts('$v')).toEqual(groups);
    });

    it('by documents tell a part that is null from one that is missing, and keep the parts apart', async () => {
      const c = await fresh([
        { _id: 1, a: 'x', b: null },
        { _id: 2, a: 'x' },
        { _id: 3, a: 'x', b: null },
        { _id: 4, a: 'xy', b: 'z' },
        { _id: 5, a: 'x', b: 'yz' },
        { _id: 6, b: 'x' },
        { _id: 7, a: new Double(1), b: day },
        { _id: 8, a: 1, b: day },
      ]);
      const found = await c
        .aggregate([
          { $sort: { _id: 1 } },
          { $group: { _id: { a: '$a', b: '$b', c: { $literal: 1 } }, all: { $push: '$_id' } } },
          { $sort: { all: 1 } },
        ])
        .toArray();
      expect(found).toEqual([
        { _id: { a: 'x', b: null, c: 1 }, all: [1, 3] },
        { _id: { a: 'x', c: 1 }, all: [2] },
        { _id: { a: 'xy', b: 'z', c: 1 }, all: [4] },
        { _id: { a: 'x', b: 'yz', c: 1 }, all: [5] },
        { _id: { b: 'x', c: 1 }, all: [6] },
        { _id: { a: 1, b: day, c: 1 }, all: [7, 8] },
      ]);
    });

    it('come out the same from documents of every shape, whether they are read in place or held before', async () => {
      const c = await fresh(shapes);
      const group = {
        $group: {
          _id: { t: '$t', team: '$team' },
          n: { $sum: '$n' },
          last: { $max: '$at' },
          first: { $min: '$te' },
          inner: { $addToSet: '$o.n' },
          ids: { $push: '$_id' },
        },
      };
      const match = { te: { $ne: 3 }, 'o.team': { $gte: 2 } };
      const sets = { $set: { inner: { $sortArray: { input: '$inner', sortBy: 1 } } } };
      const results = async (...before: Document[]) =>
        c.aggregate([...before, group, sets, { $sort: { ids: 1 } }]).toArray();
      const inPlace = await results({ $match: match });
      const held = await results({ $match: match }, { $sort: { _id: 1 } }, { $skip: 0 });
      expect(inPlace.length).toBeGreaterThan(20);
      expect(inPlace).toEqual(held);
      const innerOf = (row: Document) => (row['o'] as { team: number[] } | undefined)?.team[0] ?? -1;
      const rows = shapes.filter((row) => row['te'] !== 3 && innerOf(row) >= 2);
      expect(inPlace.flatMap((doc) => doc['ids'] as number[]).sort((a, b) => a - b)).toEqual(
        rows.map((row) => row['_id'] as number),
      );
      const wanted = (key: unknown) => rows.filter((row) => JSON.stringify([row['t'], row['team']]) === key);
      for (const doc of inPlace) {
        const { t, team } = doc['_id'] as { t?: unknown; team?: unknown };
        const own = wanted(JSON.stringify([t, team]));
        expect(doc['n']).toBe(own.reduce((sum, row) => sum + Number(row['n'] ?? 0), 0));
      }
    });
  });
}
