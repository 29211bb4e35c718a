import { MongoClient, type Collection, type Document } from 'mongodb';
import { aggregationContract } from './aggregation.contract.js';
import { bsonContract } from './bson.contract.js';
import { commandContract } from './commands.contract.js';
import { cursorContract } from './cursors.contract.js';
import { expressionContract } from './expressions.contract.js';
import { filterContract } from './filters.contract.js';
import type { MongodbUnderTest } from './harness.js';
import { explainedWritesContract } from './explained-writes.contract.js';
import { indexKeysContract } from './index-keys.contract.js';
import { indexContract } from './indexes.contract.js';
import { groupContract } from './groups.contract.js';
import { outputContract } from './output.contract.js';
import { projectionContract } from './projections.contract.js';
import { replacementContract } from './replacements.contract.js';
import { updateContract } from './updates.contract.js';
import { windowContract } from './windows.contract.js';
import { wireContract } from './wire.contract.js';
import { writeContract } from './writes.contract.js';

/** The protocol as MongoDB documents it, for whichever server stands behind a URL. */
export function mongodbContract(
  url: () => string,
  more: readonly ((underTest: MongodbUnderTest) => void)[] = [],
): void {
  let client: MongoClient;
  const name = `contract_${process.pid}_${Date.now()}`;
  let count = 0;
  beforeAll(async () => {
    client = await new MongoClient(url(), { serverSelectionTimeoutMS: 5000, retryWrites: false }).connect();
  });
  afterAll(async () => {
    await client.db(name).dropDatabase();
    await client.close();
  });

  const fresh = async (docs: readonly Document[] = []): Promise<Collection> => {
    const collection = client.db(name).collection(`c${++count}`);
    if (docs.length > 0) await collection.insertMany([...docs]);
    return collection;
  };
  const underTest: MongodbUnderTest = {
    url,
    client: () => client,
    db: () => client.db(name),
    fresh,
    typed: async <T extends Document>(docs: readonly T[] = []) =>
      (await fresh(docs)) as unknown as Collection<T>,
  };
  const contracts = [
    writeContract,
    updateContract,
    replacementContract,
    filterContract,
    projectionContract,
    cursorContract,
    indexContract,
    indexKeysContract,
    explainedWritesContract,
    bsonContract,
    aggregationContract,
    groupContract,
    outputContract,
    expressionContract,
    windowContract,
    commandContract,
    wireContract,
  ];
  for (const contract of [...contracts, ...more]) contract(underTest);
}
