import { EventStoreDBClient } from '@eventstore/db-client';
import { appendContract } from './appends.contract.js';
import { clusterContract } from './cluster.contract.js';
import { filterContract } from './filters.contract.js';
import type { EventStoreUnderTest } from './harness.js';
import { idempotenceContract } from './idempotence.contract.js';
import { limitContract } from './limits.contract.js';
import { metadataContract } from './metadata.contract.js';
import { readAllContract } from './read-all.contract.js';
import { streamReadContract } from './reads.contract.js';
import { subscriptionContract } from './subscriptions.contract.js';

/** The protocol as EventStoreDB documents it, for whichever server stands behind a URL. */
export function eventStoreContract(
  url: () => string,
  more: readonly ((underTest: EventStoreUnderTest) => void)[] = [],
): void {
  let client: EventStoreDBClient;
  beforeAll(() => {
    client = EventStoreDBClient.connectionString(url());
  });
  afterAll(() => client.dispose());

  const underTest: EventStoreUnderTest = { url, client: () => client };
  appendContract(underTest);
  idempotenceContract(underTest);
  streamReadContract(underTest);
  readAllContract(underTest);
  subscriptionContract(underTest);
  filterContract(underTest);
  metadataContract(underTest);
  limitContract(underTest);
  clusterContract(underTest);
  for (const contract of more) contract(underTest);
}
