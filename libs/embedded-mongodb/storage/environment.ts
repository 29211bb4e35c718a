import { join } from 'node:path';
import { keyBytesEncoder, type KeyBytes } from '../keys/key-bytes.js';
import { open, type Database, type RootDatabase } from 'lmdb';

/** Record ids are 48 bits: exact as a number, six bytes in a key. */
export interface RecordKey {
  collection: number;
  record: number;
}

/** lmdb's types know no keys but its own; ours are written by an encoder of ours. */
type RecordKeyed = Database<Buffer, never> & {
  get(key: RecordKey): Buffer | undefined;
  put(key: RecordKey, value: Buffer): Promise<boolean>;
  remove(key: RecordKey): Promise<boolean>;
};

/** Keys come as bytes or as a KeyBytes, and go as bytes. */
type BytesKeyed = Database<Buffer, Buffer> & {
  get(key: KeyBytes | Buffer): Buffer | undefined;
  put(key: KeyBytes | Buffer, value: Buffer): Promise<boolean>;
  remove(key: KeyBytes | Buffer): Promise<boolean>;
};

export const recordBytes = 6;

/**
 * The files of one data folder. Everything is one lmdb environment, so that a document, its index entries and the counts of its
 * collection change in one transaction or not at all.
 */
export interface Environment {
  readonly root: RootDatabase<Buffer, Buffer>;
  /** (collection, record) → BSON and its checksum. Values are views that the next read overwrites. */
  readonly documents: RecordKeyed;
  /** index id + key → record, for unique indexes. Values are views that the next read overwrites. */
  readonly unique: BytesKeyed;
  /** index id + key + record → nothing, for the others. */
  readonly entries: BytesKeyed;
  /** The catalogue and what is left to sweep. */
  readonly meta: Database<Buffer, Buffer>;
}

export const databaseFile = 'data.mdb';

const recordKeys = {
  writeKey(key: RecordKey, target: Buffer, start: number): number {
    const at = target.writeUInt32BE(key.collection, start);
    return target.writeUIntBE(key.record, at, recordBytes);
  },
  readKey(source: Buffer, start: number, _end: number): RecordKey {
    return { collection: source.readUInt32BE(start), record: source.readUIntBE(start + 4, recordBytes) };
  },
};

/** No copy: whoever reads decides whether the bytes are to outlive the next read. */
const views = { encode: (bytes: Buffer) => bytes, decode: (bytes: Buffer) => bytes };

export function openEnvironment(dataDir: string): Environment {
  const root = open<Buffer, Buffer>({
    path: join(dataDir, databaseFile),
    noSubdir: true,
    // A commit returns when it is on disk. lmdb's overlapping sync would make it visible earlier, which no client may see.
    overlappingSync: false,
    maxDbs: 8,
    keyEncoding: 'binary',
    encoding: 'binary',
  });
  return {
    root,
    documents: root.openDB<Buffer, never>('documents', {
      keyEncoder: recordKeys,
      encoder: views,
    } as never),
    unique: root.openDB<Buffer, Buffer>('unique', { keyEncoder: keyBytesEncoder, encoder: views } as never),
    entries: root.openDB<Buffer, Buffer>('entries', { keyEncoder: keyBytesEncoder, encoder: views } as never),
    meta: root.openDB<Buffer, Buffer>('meta', { keyEncoding: 'binary', encoding: 'binary' }),
  };
}
