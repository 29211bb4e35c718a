import { MongoServerError } from 'mongodb';
import type { ReadStore } from './read-store.js';

const NAMESPACE_NOT_FOUND = 26;

/** Servers before 7.0 call it an error when there is nothing to drop. */
export async function dropCollection(readStore: ReadStore, collection: string): Promise<void> {
  try {
    await readStore.collection(collection).drop();
  } catch (error) {
    if (!(error instanceof MongoServerError && error.code === NAMESPACE_NOT_FOUND)) throw error;
  }
}
