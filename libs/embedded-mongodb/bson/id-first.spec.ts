import fc from 'fast-check';
import { BSON } from 'bson';
import { Doc } from './doc.js';
import { idFirst, withIdFirst } from './id-first.js';
import { validateDocument } from './validate.js';
import type { Value } from './values.js';
import { encode } from './write.js';

const name = fc.constantFrom('_id', '_i', '_idx', 'id', 'a', 'ş', '');
const value = fc.constantFrom<Value>(null, 7, 'text', 'ş', 5n, true, Doc.of({ _id: 1 }), [
  1,
  Doc.of({ _id: 2 }),
]);
/** Also with several fields of one name, as a client may send them. */
const fields = fc.array(fc.tuple(name, value), { maxLength: 6 });

const docOf = (list: readonly (readonly [string, Value])[]): Doc =>
  Doc.fromLists(
    list.map(([key]) => key),
    list.map(([, item]) => item),
  );
/** As it comes over the wire, with other bytes around it. */
const received = (doc: Doc): Doc => {
  const bytes = encode(doc);
  return Doc.fromBytes(Buffer.concat([Buffer.from('_id\0'), bytes, Buffer.from('_id\0')]), 4);
};

describe('the id before all else', () => {
  it('is the first that the document has, and the other fields stay in their order', () => {
    fc.assert(
      fc.property(fields, (list) => {
        const id = list.find(([key]) => key === '_id');
        fc.pre(id !== undefined);
        const others = list.filter(([key]) => key !== '_id');
        // A document whose id stands first is stored as it came.
        const wanted = list[0]?.[0] === '_id' ? list : [id as [string, Value], ...others];
        const made = encode(idFirst(received(docOf(list))));
        expect(made).toEqual(encode(docOf(wanted)));
        expect(validateDocument(made, 0, made.length)).toBe(made.length);
      }),
    );
  });

  it('is the one given, in place of whichever the document has, from bytes as from fields', () => {
    fc.assert(
      fc.property(fields, value, (list, id) => {
        const wanted = encode(docOf([['_id', id], ...list.filter(([key]) => key !== '_id')]));
        expect(encode(withIdFirst(received(docOf(list)), id))).toEqual(wanted);
        expect(encode(withIdFirst(docOf(list), id))).toEqual(wanted);
      }),
    );
  });

  it('leaves the bytes of all values as they came, also those that decoding would make another of', () => {
    const old = Buffer.from(BSON.serialize({ a: new BSON.Binary(Buffer.from('xyz'), 2), _id: 1 }));
    const made = encode(idFirst(Doc.fromBytes(old)));
    expect(made.subarray(13, -1)).toEqual(old.subarray(4, old.length - 10));
  });
});
