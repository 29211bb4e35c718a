import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine, type StartedEngine } from '#libs/engine-host/index.js';
import { boundsContract } from './mongodb/bounds.contract.js';
import { refusalContract } from './mongodb/refusals.contract.js';
import { mongodbContract } from './mongodb/suite.js';

describe('the embedded document store', () => {
  let dataDir: string;
  let engine: StartedEngine;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'mongodb-contract-'));
    engine = await startEngine({ engine: 'mongodb', dataDir, port: 0 });
  });
  afterAll(async () => {
    await engine.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  // A block of its own: it clears up before the engine stops.
  describe('in its subset and at its edges', () => {
    mongodbContract(() => engine.url, [refusalContract, boundsContract]);
  });
});
