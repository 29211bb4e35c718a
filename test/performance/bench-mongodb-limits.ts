import { open, type Database } from 'lmdb';
import { BSON, type Document } from 'mongodb';

/** What stands below the document store, alone: bare lmdb with one flush per commit, bare decoding of BSON. */

const openBare = (path: string): Database<Buffer, Buffer> =>
  open<Buffer, Buffer>({
    path,
    overlappingSync: false,
    keyEncoding: 'binary',
    encoding: 'binary',
    maxDbs: 4,
  });

function numbered(prefix: number, text: string, n: number): Buffer {
  const key = Buffer.alloc(11 + text.length);
  key[0] = prefix;
  key.write(text, 1, 'latin1');
  key.writeDoubleBE(n, 1 + text.length);
  return key;
}

/** Documents per second: the bytes of each and the five entries that its indexes take. */
export async function bareUpserts(
  path: string,
  count: number,
  batchSize: number,
  make: (i: number) => Document,
): Promise<number> {
  const db = openBare(path);
  const entry = Buffer.from([0]);
  const started = performance.now();
  for (let from = 0; from < count; from += batchSize) {
    db.transactionSync(() => {
      for (let i = from; i < Math.min(count, from + batchSize); i++) {
        const doc = make(i);
        db.putSync(numbered(1, '', i), Buffer.from(BSON.serialize(doc)));
        db.putSync(numbered(2, doc['_id'] as string, i), entry);
        db.putSync(numbered(3, `${doc['team'] as string}${(doc['dueAt'] as Date).getTime()}`, i), entry);
        db.putSync(numbered(4, `${doc['status'] as string}${(doc['dueAt'] as Date).getTime()}`, i), entry);
        db.putSync(numbered(5, doc['position'] as string, i), entry);
      }
    });
  }
  const rate = count / ((performance.now() - started) / 1000);
  await db.close();
  return rate;
}

/** Milliseconds to decode the document once, the median of several. */
export function bareDecoding(bytes: Uint8Array, times: number): number {
  const taken = Array.from({ length: times }, () => {
    const started = performance.now();
    BSON.deserialize(bytes);
    return performance.now() - started;
  });
  return taken.sort((a, b) => a - b)[times >> 1] ?? 0;
}

/** Milliseconds to go over all documents, decode each and group them by hand. */
export function bareGroup(path: string, times: number): number {
  const db = openBare(path);
  const taken = Array.from({ length: times }, () => {
    const started = performance.now();
    const groups = new Map<string, number>();
    for (const { value } of db.getRange({ start: Buffer.from([1]), end: Buffer.from([2]) })) {
      const { team, elapsed } = BSON.deserialize(value) as { team: string; elapsed: number };
      groups.set(team, (groups.get(team) ?? 0) + elapsed);
    }
    return performance.now() - started;
  });
  void db.close();
  return taken.sort((a, b) => a - b)[times >> 1] ?? 0;
}
