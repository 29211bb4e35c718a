import type { Doc } from '../bson/doc.js';
import { pause, type Execution, type Steps } from '../query/execution.js';
import type { CollectionEntry } from '../storage/catalog.js';
import { recordBytes, type Environment } from '../storage/environment.js';
import { indexPrefix, type Records } from '../storage/records.js';
import type { KeyRange } from './bounds.js';
import type { IndexPlan } from './plan.js';

export interface ScanSource {
  readonly environment: Environment;
  readonly records: Records;
  readonly collection: CollectionEntry;
  readonly execution: Execution;
  /** Documents as views that the next one overwrites, for who needs each no longer than that. */
  readonly views?: boolean;
  /** Who is handed the documents, as views; then nothing but pauses is given. */
  readonly take?: (doc: Doc) => void;
}

/** Entries of an index in order: the key without the index's own prefix, and the record. */
export interface IndexPosition {
  readonly key: Buffer;
  readonly record: number;
}

export function* walkRange(
  { environment, execution }: ScanSource,
  plan: IndexPlan,
  range: KeyRange,
): Steps<IndexPosition> {
  const { unique } = plan.index;
  const store = unique ? environment.unique : environment.entries;
  const prefix = indexPrefix(plan.index);
  const low = Buffer.concat([prefix, range.start]);
  const high = Buffer.concat([prefix, range.end]);
  let last: Buffer | undefined;
  for (;;) {
    const options = plan.reverse
      ? { reverse: true, start: last ?? high, exclusiveStart: true, end: low, inclusiveEnd: true }
      : { start: last ?? low, exclusiveStart: last !== undefined, end: high };
    const entries = store.getRange(options)[Symbol.iterator]();
    execution.opened(entries);
    const { epoch } = execution;
    while (epoch === execution.epoch) {
      const next = entries.next();
      if (next.done) {
        execution.closed(entries);
        return;
      }
      const { key, value } = next.value;
      last = key;
      execution.keysExamined++;
      const end = unique ? key.length : key.length - recordBytes;
      const record = unique ? value.readUIntBE(0, recordBytes) : key.readUIntBE(end, recordBytes);
      yield { key: key.subarray(4, end), record };
      if (execution.pauseDue) yield pause;
    }
  }
}
