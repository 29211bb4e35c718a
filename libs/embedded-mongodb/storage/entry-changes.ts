import { Doc } from '../bson/doc.js';
import { keysOf } from '../keys/index-keys.js';
import { IndexedDocument } from '../keys/indexed-document.js';
import { layoutOf, type IndexShape } from '../keys/index-layout.js';
import { KeyBytes } from '../keys/key-bytes.js';
import type { IndexEntry } from './catalog.js';
import type { Entries } from './entries.js';

/** The entries of one index that go and come: by their shape where it is one each, by their keys where arrays make several. */
interface Change {
  readonly index: IndexEntry;
  readonly shape: IndexShape;
  readonly removes: boolean;
  readonly adds: boolean;
  readonly several: Several | undefined;
}

interface Several {
  readonly removed: readonly Buffer[];
  readonly added: readonly Buffer[];
  readonly multikey: readonly boolean[] | undefined;
}

/**
 * What one change of a document does to the indexes of its collection. All of it is made out before the first entry is stored,
 * so that a refusal changes nothing; an index none of whose fields changes costs a comparison of bytes. One instance serves
 * one change after another.
 */
export class EntryChanges {
  private readonly before = new IndexedDocument();
  private readonly after = new IndexedDocument();
  private readonly key = new KeyBytes();
  private readonly other = new KeyBytes();
  private changes: Change[] = [];

  /**
   * @param before as it is stored, undefined where the document is new; neither is looked at any more afterwards
   * @throws MongoError where a key cannot be
   */
  prepare(indexes: readonly IndexEntry[], before: Buffer | undefined, after: Buffer | undefined): void {
    this.changes = [];
    const layout = layoutOf(indexes);
    if (before) this.before.read(layout, before);
    if (after) this.after.read(layout, after);
    for (let i = 0; i < indexes.length; i++) {
      const shape = layout.shapes[i] as IndexShape;
      if (before && after && !this.before.differs(this.after, shape)) continue;
      this.add(indexes[i] as IndexEntry, shape, before, after);
    }
    this.before.forget();
    this.after.forget();
  }

  /** The unique index that has one of the new keys for another record, and that key. */
  clash(record: number, entries: Entries): { index: IndexEntry; key: Buffer } | undefined {
    for (const { index, shape, adds, several } of this.changes) {
      if (!index.unique) continue;
      for (const key of several?.added ?? [])
        if (isTaken(entries, this.whole(index, key), record)) return { index, key };
      if (adds && isTaken(entries, this.single(index, shape, this.after), record))
        return { index, key: this.key.withoutId() };
    }
    return undefined;
  }

  /** @param severalKeys told of the fields of an index that gave several keys */
  apply(
    record: number,
    entries: Entries,
    severalKeys: (index: IndexEntry, fields: readonly boolean[]) => void,
  ): void {
    for (const { index, shape, removes, adds, several } of this.changes) {
      if (removes) entries.remove(index, this.single(index, shape, this.before), record);
      if (adds) entries.add(index, this.single(index, shape, this.after), record);
      if (!several) continue;
      for (const key of several.removed) entries.remove(index, this.whole(index, key), record);
      for (const key of several.added) entries.add(index, this.whole(index, key), record);
      if (several.multikey) severalKeys(index, several.multikey);
    }
  }

  private add(
    index: IndexEntry,
    shape: IndexShape,
    before: Buffer | undefined,
    after: Buffer | undefined,
  ): void {
    if ((before && !this.before.encode(shape)) || (after && !this.after.encode(shape))) {
      this.changes.push({
        index,
        shape,
        removes: false,
        adds: false,
        several: several(index, before, after),
      });
      return;
    }
    const removes = before !== undefined && !(index.sparse && this.before.lacks(shape));
    const adds = after !== undefined && !(index.sparse && this.after.lacks(shape));
    if (removes && adds && this.keepsKey(index, shape)) return;
    if (removes || adds) this.changes.push({ index, shape, removes, adds, several: undefined });
  }

  /** Other bytes may be the same key, as with a long and an int of one value. */
  private keepsKey(index: IndexEntry, shape: IndexShape): boolean {
    this.other.begin(index.id);
    this.before.appendTo(this.other, shape);
    return this.single(index, shape, this.after).equals(this.other);
  }

  private single(index: IndexEntry, shape: IndexShape, side: IndexedDocument): KeyBytes {
    this.key.begin(index.id);
    side.appendTo(this.key, shape);
    return this.key;
  }

  private whole(index: IndexEntry, key: Buffer): KeyBytes {
    this.key.begin(index.id);
    this.key.append(key, 0, key.length, false);
    return this.key;
  }
}

function isTaken(entries: Entries, key: KeyBytes, record: number): boolean {
  const holder = entries.holder(key);
  return holder !== undefined && holder !== record;
}

function several(index: IndexEntry, before: Buffer | undefined, after: Buffer | undefined): Several {
  const old = before ? entriesOf(index, before).keys : [];
  const { keys: fresh, multikey } = after ? entriesOf(index, after) : { keys: [], multikey: undefined };
  return { removed: without(old, fresh), added: without(fresh, old), multikey };
}

/** The keys of a document in an index, and which of its fields gave several. */
function entriesOf(index: IndexEntry, bytes: Buffer) {
  return keysOf(Doc.fromBytes(bytes), index.fields, index.sparse);
}

function without(keys: readonly Buffer[], others: readonly Buffer[]): readonly Buffer[] {
  if (others.length === 0) return keys;
  const known = new Set(others.map((key) => key.toString('latin1')));
  return keys.filter((key) => !known.has(key.toString('latin1')));
}
