import { BSON, type Collection, type Document, type Filter } from 'mongodb';

export interface ReadAheadOptions {
  /** Documents per batch; two of them are held at once. */
  readonly batchSize: number;
  readonly projection?: Readonly<Record<string, 0 | 1>>;
  readonly sort?: Readonly<Record<string, 1 | -1>>;
}

/**
 * All that is found, in no order but that which is asked for. The server looks for the next batch while the documents of
 * this one are decoded and worked on; with the driver's own iteration one of the two always waits for the other.
 */
export async function* readAhead<T extends Document, Found = T>(
  collection: Collection<T>,
  filter: Filter<T>,
  options: ReadAheadOptions,
): AsyncGenerator<Found> {
  const cursor = collection.find<Uint8Array>(filter, { ...options, raw: true });
  try {
    let more = await cursor.hasNext();
    while (more) {
      const batch = cursor.readBufferedDocuments();
      const next = cursor.hasNext();
      // Whoever stops in the middle never awaits it.
      next.catch(() => undefined);
      for (const bytes of batch) yield BSON.deserialize(bytes) as Found;
      more = await next;
    }
  } finally {
    await cursor.close();
  }
}
