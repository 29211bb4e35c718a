import { Doc } from '../bson/doc.js';
import { keysOf } from '../keys/index-keys.js';
import type { CollectionEntry, IndexEntry } from './catalog.js';
import { recordBytes, type Environment } from './environment.js';
import { asBuffer } from './records.js';

const samples = 10;
const sampleSize = 100;
const prefixBytes = 4;
/** A unique index has the record as its value; the others have it in the key, and one byte as value. */
const beside = ({ unique }: IndexEntry): number => prefixBytes + recordBytes + (unique ? 0 : 1);

/**
 * Bytes of keys and values by the name of the index, without the free space of its pages. Exact up to a thousand documents;
 * beyond, what samples from all over the collection make, scaled to the count, so that asking costs the same at any size.
 */
export function indexSizes(environment: Environment, collection: CollectionEntry): Map<string, number> {
  const bytes = new Map(collection.indexes.map(({ name }) => [name, 0]));
  let seen = 0;
  for (const doc of sampled(environment, collection)) {
    seen++;
    for (const index of collection.indexes) {
      const { keys } = keysOf(doc, index.fields, index.sparse);
      const made = keys.reduce((sum, key) => sum + key.length + beside(index), 0);
      bytes.set(index.name, (bytes.get(index.name) ?? 0) + made);
    }
  }
  const factor = seen > 0 ? collection.count / seen : 0;
  return new Map([...bytes].map(([name, sum]) => [name, Math.round(sum * factor)]));
}

function* sampled(environment: Environment, { id, count, nextRecord }: CollectionEntry): Generator<Doc> {
  const parts = count > samples * sampleSize ? samples : 1;
  const limit = (samples * sampleSize) / parts;
  for (let part = 0; part < parts; part++) {
    const range = {
      start: { collection: id, record: Math.floor((nextRecord * part) / parts) },
      end: { collection: id, record: Math.floor((nextRecord * (part + 1)) / parts) },
      limit,
    };
    for (const { value } of environment.documents.getRange(range as never))
      yield Doc.fromBytes(asBuffer(value).subarray(0, value.length));
  }
}
