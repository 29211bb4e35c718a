import { type Collection, type Filter, MongoServerError, type OptionalUnlessRequiredId } from 'mongodb';

const DUPLICATE_KEY = 11_000;

/** The first to insert wins; everybody gets the winner's document. */
export async function insertOrFind<T extends { readonly _id: string }>(
  collection: Collection<T>,
  document: T,
): Promise<T> {
  try {
    await collection.insertOne(document as OptionalUnlessRequiredId<T>);
    return document;
  } catch (error) {
    if (!(error instanceof MongoServerError) || error.code !== DUPLICATE_KEY) throw error;
    const winner = await collection.findOne({ _id: document._id } as Filter<T>);
    if (!winner) throw error;
    return winner as T;
  }
}
