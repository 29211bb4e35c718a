import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine, type StartedEngine } from '#libs/engine-host/index.js';
import { refusalContract } from './eventstore/refusals.contract.js';
import { eventStoreContract } from './eventstore/suite.js';

describe('the embedded event store', () => {
  let dataDir: string;
  let engine: StartedEngine;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'eventstore-contract-'));
    engine = await startEngine({ engine: 'eventstore', dataDir, port: 0 });
  });
  afterAll(async () => {
    await engine.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  eventStoreContract(() => engine.url, [refusalContract]);
});
