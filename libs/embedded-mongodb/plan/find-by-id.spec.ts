import fc from 'fast-check';
import { Doc } from '../bson/doc.js';
import { Decimal } from '../bson/decimal.js';
import { DateTime, double, ObjectIdValue, type Value } from '../bson/values.js';
import { encode } from '../bson/write.js';
import { compileFilter } from '../query/compile-filter.js';
import { parseFilter } from '../query/parse-filter.js';
import { keyField } from '../keys/index-keys.js';
import type { CollectionEntry } from '../storage/catalog.js';
import type { Records } from '../storage/records.js';
import { findById } from './find-by-id.js';

const value: fc.Arbitrary<Value> = fc.constantFrom<Value>(
  1,
  2,
  double(1),
  1n,
  Decimal.parse('1') as Decimal,
  'a',
  'ab',
  'ş',
  true,
  false,
  null,
  new DateTime(1),
  new DateTime(2),
  new ObjectIdValue('abcdefghijkl'),
  [1, 'a'],
  Doc.of({ b: 1 }),
  Doc.of({ $gt: 0 }),
);
const fields = fc.dictionary(fc.constantFrom('a', 'b', 'ab', 'a.b', 'ş', '_i'), value, { maxKeys: 4 });

/** A collection that holds the one document, and knows it by the id 7. */
const holding = (doc: Doc) =>
  ({ lookup: () => 5, view: () => Doc.fromBytes(encode(doc)) }) as unknown as Records;
const collection = {
  indexes: [{ name: '_id_', fields: [keyField('_id', 1)] }],
} as unknown as CollectionEntry;
const asQuery = (query: Doc) => Doc.fromBytes(encode(query));

describe('a filter by the id and a guard', () => {
  it('never says of a document what the parsed filter would not say', () => {
    let told = 0;
    fc.assert(
      fc.property(fields, fields, (stored, guard) => {
        const doc = Doc.of({ _id: 7, ...stored });
        const query = Doc.of({ _id: 7, ...guard });
        const found = findById(holding(doc), collection, asQuery(query));
        if (found === undefined) return;
        told++;
        const matches = compileFilter(parseFilter(query, () => () => false))(doc);
        expect(found !== null).toBe(matches);
      }),
      { numRuns: 2000 },
    );
    expect(told).toBeGreaterThan(250);
  });

  it('is told without parsing where all is plain', () => {
    const doc = Doc.of({ _id: 7, revision: 3, position: 'p' });
    const ask = (query: Doc) => findById(holding(doc), collection, asQuery(query));
    expect(ask(Doc.of({ _id: 7, revision: 3, position: 'p' }))?.record).toBe(5);
    expect(ask(Doc.of({ _id: 7, revision: 4 }))).toBeNull();
    expect(ask(Doc.of({ _id: 7, missing: 4 }))).toBeNull();
    expect(ask(Doc.of({ revision: 3 }))).toBeUndefined();
    expect(ask(Doc.of({ _id: 7, revision: 3n }))).toBeUndefined();
  });
});
