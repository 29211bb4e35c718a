import type { Collection, Db, Document, MongoClient } from 'mongodb';

export interface MongodbUnderTest {
  readonly url: () => string;
  readonly client: () => MongoClient;
  /** A database of this run alone, dropped after it. */
  readonly db: () => Db;
  /** A collection that nobody else uses. */
  readonly fresh: (docs?: readonly Document[]) => Promise<Collection>;
  readonly typed: <T extends Document>(docs?: readonly T[]) => Promise<Collection<T>>;
}

/** The code of the error that the server answers with; undefined when it does not. */
export async function codeOf(work: Promise<unknown>): Promise<number | string | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    return (error as { code?: number }).code ?? (error as Error).message;
  }
}

export const ids = (docs: readonly Document[]): unknown[] => docs.map((doc) => doc['_id'] as unknown);
