import { MongoClient, type Document } from 'mongodb';
import { codeOf, type MongodbUnderTest } from './harness.js';

const commands: [name: string, command: (c: string) => Document, code: number][] = [
  ['a collation', (c) => ({ find: c, collation: { locale: 'tr' } }), 238],
  ['a tailable cursor', (c) => ({ find: c, tailable: true }), 238],
  ['$text', (c) => ({ find: c, filter: { $text: { $search: 'x' } } }), 2],
  ['$jsonSchema', (c) => ({ find: c, filter: { $jsonSchema: {} } }), 2],
  ['$where', (c) => ({ find: c, filter: { $where: 'true' } }), 2],
  ['$near and its kin', (c) => ({ find: c, filter: { a: { $near: [0, 0] } } }), 2],
  ['change streams', (c) => ({ aggregate: c, pipeline: [{ $changeStream: {} }], cursor: {} }), 40573],
  ['$graphLookup', (c) => ({ aggregate: c, pipeline: [{ $graphLookup: {} }], cursor: {} }), 40324],
  [
    '$function',
    (c) => ({ aggregate: c, pipeline: [{ $project: { a: { $function: {} } } }], cursor: {} }),
    168,
  ],
  [
    '$accumulator',
    (c) => ({ aggregate: c, pipeline: [{ $group: { _id: null, a: { $accumulator: {} } } }], cursor: {} }),
    15952,
  ],
  ['capped collections', (c) => ({ create: `${c}x`, capped: true, size: 100 }), 238],
  ['views', (c) => ({ create: `${c}x`, viewOn: c, pipeline: [] }), 238],
  ['validators', (c) => ({ create: `${c}x`, validator: {} }), 238],
  ['text indexes', (c) => ({ createIndexes: c, indexes: [{ key: { a: 'text' }, name: 'x' }] }), 67],
  [
    'indexes that let documents expire',
    (c) => ({ createIndexes: c, indexes: [{ key: { a: 1 }, name: 'x', expireAfterSeconds: 5 }] }),
    67,
  ],
  [
    'partial indexes',
    (c) => ({ createIndexes: c, indexes: [{ key: { a: 1 }, name: 'x', partialFilterExpression: {} }] }),
    67,
  ],
  [
    'hidden indexes',
    (c) => ({ createIndexes: c, indexes: [{ key: { a: 1 }, name: 'x', hidden: true }] }),
    67,
  ],
  [
    'an aggregation of the database',
    () => ({ aggregate: 1, pipeline: [{ $currentOp: {} }], cursor: {} }),
    115,
  ],
  ['validate, with what to do instead', (c) => ({ validate: c }), 115],
  ['collMod', (c) => ({ collMod: c, index: { name: 'x', hidden: true } }), 115],
  ['collMod of what there is not', () => ({ collMod: 'nothing' }), 26],
  ['a list of operations', () => ({ currentOp: 1 }), 115],
  ['the state of members', () => ({ replSetGetStatus: 1 }), 76],
  ['mapReduce', (c) => ({ mapReduce: c }), 59],
  ['a read of a snapshot', (c) => ({ find: c, readConcern: { level: 'snapshot' } }), 123],
  ['a write to several members', (c) => ({ insert: c, documents: [{ a: 1 }], writeConcern: { w: 3 } }), 2],
  ['a pattern that looks ahead', (c) => ({ find: c, filter: { a: { $regex: 'a(?=b)' } } }), 51091],
];

/** Outside its subset the embedded server says no, in the protocol's own words; it never ignores what it cannot do. */
export function refusalContract({ url, db, fresh }: MongodbUnderTest): void {
  describe('refusals of the embedded server', () => {
    it.each(commands)('%s', async (_, command, code) => {
      const c = await fresh([{ a: 1 }]);
      expect(await codeOf(db().command(command(c.collectionName)))).toBe(code);
    });

    it('transactions, with the words of a standalone', async () => {
      const c = await fresh([{ a: 1 }]);
      const command = {
        insert: c.collectionName,
        documents: [{ a: 2 }],
        txnNumber: 1,
        startTransaction: true,
        autocommit: false,
      };
      expect(await codeOf(db().command(command))).toBe(20);
      expect(await c.countDocuments()).toBe(1);
    });

    it('users', async () => {
      const named = new MongoClient(url().replace('mongodb://', 'mongodb://user:secret@'), {
        serverSelectionTimeoutMS: 2000,
      });
      expect(await codeOf(named.connect())).toBe(18);
      await named.close();
    });
  });
}
