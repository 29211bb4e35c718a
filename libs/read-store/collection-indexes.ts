import type { Db } from 'mongodb';

export interface CollectionIndex {
  readonly name: string;
  readonly keys: Readonly<Record<string, 1 | -1>>;
  readonly unique?: boolean;
}

/** Creates what is missing; an index of the same name with other keys is an error of the server, never replaced. */
export async function ensureIndexes(
  db: Db,
  collection: string,
  indexes: readonly CollectionIndex[],
): Promise<void> {
  if (indexes.length === 0) return;
  await db
    .collection(collection)
    .createIndexes(
      indexes.map(({ name, keys, unique }) => ({ name, key: { ...keys }, ...(unique ? { unique } : {}) })),
    );
}
