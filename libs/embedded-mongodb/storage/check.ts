import { InvalidBsonError } from '../bson/errors.js';
import { Doc } from '../bson/doc.js';
import { validateDocument } from '../bson/validate.js';
import { keysOf } from '../keys/index-keys.js';
import { Catalog, namespaceOf, type CollectionEntry, type IndexEntry } from './catalog.js';
import { checked } from './checksum.js';
import { recordBytes, type Environment } from './environment.js';
import { asBuffer, indexPrefix, Records } from './records.js';

export interface CheckReport {
  readonly collections: number;
  readonly documents: number;
  readonly indexEntries: number;
  /** What is wrong, in words; empty when all is well. */
  readonly problems: readonly string[];
}

const mostProblems = 100;

/** Documents against counts, indexes against documents, both ways. */
export function checkEnvironment(environment: Environment): CheckReport {
  const catalog = new Catalog(environment);
  const records = new Records(environment, catalog);
  const problems: string[] = [];
  const report = (problem: string) => {
    if (problems.length < mostProblems) problems.push(problem);
  };
  let [documents, indexEntries] = [0, 0];
  const collections = catalog.collections();
  for (const collection of collections) {
    const expected = checkDocuments(environment, records, collection, report);
    documents += expected.documents;
    for (const index of collection.indexes) {
      if (!index.ready) continue;
      const found = countEntries(environment, records, collection, index, report);
      indexEntries += found;
      const wanted = expected.keys.get(index.id) ?? 0;
      if (found !== wanted) {
        report(
          `${namespaceOf(collection)}: index ${index.name} has ${found} entries, its documents make ${wanted}`,
        );
      }
    }
  }
  return { collections: collections.length, documents, indexEntries, problems };
}

function checkDocuments(
  environment: Environment,
  records: Records,
  collection: CollectionEntry,
  report: (problem: string) => void,
): { documents: number; keys: Map<number, number> } {
  const keys = new Map<number, number>();
  let [documents, bytes] = [0, 0];
  const range = {
    start: { collection: collection.id, record: 0 },
    end: { collection: collection.id, record: 2 ** 48 - 1 },
  };
  for (const { key, value } of environment.documents.getRange(range as never)) {
    const { record } = key as unknown as { record: number };
    // A view says its length by a property of its own, which copying does not know.
    const content = Buffer.from(asBuffer(value).subarray(0, value.length));
    documents++;
    const doc = soundDocument(content, `${namespaceOf(collection)}: record ${record}`, report);
    if (!doc) continue;
    bytes += doc.bytes?.length ?? 0;
    if (record >= collection.nextRecord)
      report(`${namespaceOf(collection)}: record ${record} is beyond the next one`);
    for (const index of collection.indexes) {
      if (!index.ready) continue;
      const made = keysOf(doc, index.fields, index.sparse);
      keys.set(index.id, (keys.get(index.id) ?? 0) + made.keys.length);
      const missing = made.keys.filter((entry) => !records.holds(index, entry, record));
      if (missing.length > 0)
        report(`${namespaceOf(collection)}: index ${index.name} lacks record ${record}`);
    }
  }
  if (documents !== collection.count)
    report(`${namespaceOf(collection)}: ${documents} documents, counted ${collection.count}`);
  if (bytes !== collection.bytes)
    report(`${namespaceOf(collection)}: ${bytes} bytes, counted ${collection.bytes}`);
  return { documents, keys };
}

function soundDocument(content: Buffer, where: string, report: (problem: string) => void): Doc | undefined {
  try {
    const document = checked(content);
    validateDocument(document, 0, document.length);
    return Doc.fromBytes(document);
  } catch (error) {
    if (!(error instanceof InvalidBsonError)) throw error;
    report(`${where}: ${error.message}`);
    return undefined;
  }
}

function countEntries(
  environment: Environment,
  records: Records,
  collection: CollectionEntry,
  index: IndexEntry,
  report: (problem: string) => void,
): number {
  const prefix = indexPrefix(index);
  const end = Buffer.concat([prefix, Buffer.alloc(1, 0xff)]);
  const store = index.unique ? environment.unique : environment.entries;
  let entries = 0;
  for (const { key, value } of store.getRange({ start: prefix, end })) {
    entries++;
    const record = index.unique
      ? value.readUIntBE(0, recordBytes)
      : key.readUIntBE(key.length - recordBytes, recordBytes);
    if (!records.view(collection, record)) {
      report(
        `${namespaceOf(collection)}: index ${index.name} points to record ${record}, which is not there`,
      );
    }
  }
  return entries;
}
