import { Doc } from '../bson/doc.js';
import type { Value } from '../bson/values.js';
import { encode } from '../bson/write.js';
import { fail } from '../errors.js';
import { keyField, type KeyField } from '../keys/index-keys.js';
import type { Environment } from './environment.js';

export interface IndexEntry {
  readonly id: number;
  readonly name: string;
  /** As the client gave it. */
  readonly key: Doc;
  readonly fields: readonly KeyField[];
  readonly unique: boolean;
  readonly sparse: boolean;
  /** Which fields hold array elements in some document. */
  multikey: boolean[];
  /** False while it is being built: maintained by writes, not used by reads. */
  ready: boolean;
}

export interface CollectionEntry {
  readonly id: number;
  db: string;
  name: string;
  readonly uuid: Buffer;
  indexes: IndexEntry[];
  count: number;
  bytes: number;
  nextRecord: number;
  /** Whoever still holds it must not write to it any more. */
  dropped: boolean;
  /** Its figures or multikey marks have changed in this transaction. */
  changed: boolean;
}

export const namespaceOf = (collection: CollectionEntry): string => `${collection.db}.${collection.name}`;

const collectionKey = (id: number): Buffer => Buffer.from(`c${id.toString(16).padStart(8, '0')}`);
const figuresKey = (id: number): Buffer => Buffer.from(`f${id.toString(16).padStart(8, '0')}`);
const garbageKey = (kind: GarbageKind, id: number): Buffer =>
  Buffer.from(`g${kind}${id.toString(16).padStart(8, '0')}`);
const nextIdKey = Buffer.from('next');

/** What a drop left behind, deleted piece by piece later: documents, entries of a unique or of another index. */
export type GarbageKind = 'd' | 'u' | 'e';

/** What exists, in memory as it is on disk. All changes happen inside a transaction of the write queue. */
export class Catalog {
  private readonly byNamespace = new Map<string, CollectionEntry>();
  private nextId = 1;
  /** Grows with each change of what exists, so that who holds an entry can tell that it is of yesterday. */
  version = 0;

  constructor(private readonly environment: Environment) {
    this.load();
  }

  /** From disk; also after an abort. */
  load(): void {
    for (const entry of this.byNamespace.values()) entry.dropped = true;
    this.byNamespace.clear();
    this.version++;
    const { meta } = this.environment;
    this.nextId = Number(meta.get(nextIdKey)?.toString() ?? '1');
    for (const { key, value } of meta.getRange({ start: Buffer.from('c'), end: Buffer.from('d') })) {
      const entry = readCollection(Doc.fromBytes(Buffer.from(value)));
      const figures = meta.get(Buffer.concat([Buffer.from('f'), key.subarray(1)]));
      if (figures) {
        entry.count = figures.readDoubleLE(0);
        entry.bytes = figures.readDoubleLE(8);
        entry.nextRecord = figures.readDoubleLE(16);
      }
      this.byNamespace.set(namespaceOf(entry), entry);
    }
  }

  find(namespace: string): CollectionEntry | undefined {
    return this.byNamespace.get(namespace);
  }

  collections(db?: string): CollectionEntry[] {
    const all = [...this.byNamespace.values()];
    return (db === undefined ? all : all.filter((entry) => entry.db === db)).sort((a, b) =>
      namespaceOf(a) < namespaceOf(b) ? -1 : 1,
    );
  }

  create(db: string, name: string, uuid: Buffer): CollectionEntry {
    const namespace = `${db}.${name}`;
    if (this.byNamespace.has(namespace))
      throw fail('NamespaceExists', `Collection ${namespace} already exists.`);
    const entry: CollectionEntry = {
      id: this.takeId(),
      db,
      name,
      uuid,
      indexes: [this.newIndex('_id_', Doc.of({ _id: 1 }), { unique: true, sparse: false, ready: true })],
      count: 0,
      bytes: 0,
      nextRecord: 1,
      dropped: false,
      changed: true,
    };
    this.byNamespace.set(namespace, entry);
    this.save(entry);
    return entry;
  }

  newIndex(
    name: string,
    key: Doc,
    options: { unique: boolean; sparse: boolean; ready: boolean },
  ): IndexEntry {
    const fields = fieldsOf(key);
    return { id: this.takeId(), name, key, fields, ...options, multikey: fields.map(() => false) };
  }

  drop(entry: CollectionEntry): void {
    const { meta } = this.environment;
    this.byNamespace.delete(namespaceOf(entry));
    this.version++;
    void meta.remove(collectionKey(entry.id));
    void meta.remove(figuresKey(entry.id));
    void meta.put(garbageKey('d', entry.id), Buffer.from([1]));
    for (const index of entry.indexes) this.discardIndex(index);
    entry.dropped = true;
    entry.changed = false;
  }

  discardIndex(index: IndexEntry): void {
    void this.environment.meta.put(garbageKey(index.unique ? 'u' : 'e', index.id), Buffer.from([1]));
  }

  rename(entry: CollectionEntry, db: string, name: string): void {
    this.byNamespace.delete(namespaceOf(entry));
    entry.db = db;
    entry.name = name;
    this.byNamespace.set(namespaceOf(entry), entry);
    this.save(entry);
  }

  save(entry: CollectionEntry): void {
    this.version++;
    void this.environment.meta.put(collectionKey(entry.id), encode(writeCollection(entry)));
    this.saveFigures(entry);
  }

  /** To be called before each commit. */
  saveChanged(): void {
    for (const entry of this.byNamespace.values()) if (entry.changed) this.saveFigures(entry);
  }

  private saveFigures(entry: CollectionEntry): void {
    const figures = Buffer.alloc(24);
    figures.writeDoubleLE(entry.count, 0);
    figures.writeDoubleLE(entry.bytes, 8);
    figures.writeDoubleLE(entry.nextRecord, 16);
    void this.environment.meta.put(figuresKey(entry.id), figures);
    entry.changed = false;
  }

  *garbage(): Generator<{ kind: GarbageKind; id: number; forget: () => void }> {
    const { meta } = this.environment;
    for (const key of [...meta.getKeys({ start: Buffer.from('g'), end: Buffer.from('h') })]) {
      const text = key.toString();
      yield {
        kind: text[1] as GarbageKind,
        id: parseInt(text.slice(2), 16),
        forget: () => void meta.remove(key),
      };
    }
  }

  private takeId(): number {
    const id = this.nextId++;
    void this.environment.meta.put(nextIdKey, Buffer.from(String(this.nextId)));
    return id;
  }
}

export const fieldsOf = (key: Doc): KeyField[] =>
  [...key.entries()].map(([path, direction]) => keyField(path, directionOf(direction)));

const directionOf = (value: Value): number =>
  value === -1 || (value as { value?: number }).value === -1 ? -1 : 1;

function writeCollection(entry: CollectionEntry): Doc {
  return Doc.of({
    id: entry.id,
    db: entry.db,
    name: entry.name,
    uuid: entry.uuid.toString('hex'),
    indexes: entry.indexes.map((index) =>
      Doc.of({
        id: index.id,
        name: index.name,
        key: index.key,
        unique: index.unique,
        sparse: index.sparse,
        ready: index.ready,
        multikey: index.multikey,
      }),
    ),
  });
}

function readCollection(doc: Doc): CollectionEntry {
  const indexes = (doc.get('indexes') as Doc[]).map((index): IndexEntry => {
    const key = index.get('key') as Doc;
    return {
      id: index.get('id') as number,
      name: index.get('name') as string,
      key,
      fields: fieldsOf(key),
      unique: index.get('unique') as boolean,
      sparse: index.get('sparse') as boolean,
      ready: index.get('ready') as boolean,
      multikey: [...(index.get('multikey') as boolean[])],
    };
  });
  return {
    id: doc.get('id') as number,
    db: doc.get('db') as string,
    name: doc.get('name') as string,
    uuid: Buffer.from(doc.get('uuid') as string, 'hex'),
    indexes,
    count: 0,
    bytes: 0,
    nextRecord: 1,
    dropped: false,
    changed: false,
  };
}
