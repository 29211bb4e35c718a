import type { KeyBytes } from '../keys/key-bytes.js';
import type { IndexEntry } from './catalog.js';
import { recordBytes, type Environment } from './environment.js';

const nothing = Buffer.from([0]);
const recordValue = Buffer.alloc(recordBytes);

/** The entries of all indexes. A key has its index's id before it. */
export class Entries {
  constructor(private readonly environment: Environment) {}

  /** The record that a unique index has under the key. */
  holder(key: KeyBytes | Buffer): number | undefined {
    return this.environment.unique.get(key)?.readUIntBE(0, recordBytes);
  }

  /** Whether an index that is not unique leads from the key to the record. */
  has(key: KeyBytes, record: number): boolean {
    key.appendUint(record, recordBytes);
    return this.environment.entries.get(key) !== undefined;
  }

  add(index: IndexEntry, key: KeyBytes, record: number): void {
    if (index.unique) {
      recordValue.writeUIntBE(record, 0, recordBytes);
      void this.environment.unique.put(key, recordValue);
    } else {
      key.appendUint(record, recordBytes);
      void this.environment.entries.put(key, nothing);
    }
  }

  remove(index: IndexEntry, key: KeyBytes, record: number): void {
    if (index.unique) void this.environment.unique.remove(key);
    else {
      key.appendUint(record, recordBytes);
      void this.environment.entries.remove(key);
    }
  }
}
