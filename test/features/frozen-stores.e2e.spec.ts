import { setTimeout as sleep } from 'node:timers/promises';
import { startTestEngines, type TestEngines } from '#libs/testing/embedded-engines.js';
import { type ApiClient, apiClient } from '#libs/testing/api-client.js';
import {
  type ProductProcess,
  removeDataDir,
  runCommandLine,
  startProductProcess,
} from '#libs/testing/running-product.js';
import { complaintBody } from './complaint-body.js';

let engines: TestEngines;
let product: ProductProcess;
let agent: ApiClient;
let auditor: ApiClient;
let urls: Record<string, string>;

beforeAll(async () => {
  engines = await startTestEngines();
  urls = { EVENTSTORE_URL: engines.eventStore.url, MONGODB_URL: engines.mongo.url };
  product = await startProductProcess({ env: { ...urls, CONSISTENCY_TIMEOUT_MS: '700' } });
  agent = apiClient(product.url, await product.token('agent'));
  auditor = apiClient(product.url, await product.token('auditor'));
}, 120_000);
afterAll(async () => {
  engines.eventStore.resume();
  engines.mongo.resume();
  await product.stop();
  await engines.stop();
  await removeDataDir(product.dataDir);
});

const ready = async () => (await fetch(`${product.url}/health/ready`)).status;

async function becomes(status: number): Promise<void> {
  for (let looks = 0; looks < 150; looks++) {
    if ((await ready()) === status) return;
    await sleep(200);
  }
  throw new Error(`/health/ready never answered ${status}.`);
}

async function metric(name: string): Promise<string[]> {
  const answer = await fetch(`${product.url}/metrics`, {
    headers: { Authorization: `Bearer ${await product.token('auditor')}` },
  });
  const lines = (await answer.text()).split('\n').filter((line) => line.startsWith(`${name}{`));
  return lines.map((line) => line.slice(line.lastIndexOf(' ') + 1));
}

/** A complaint that is in the answer of whoever waits for it. */
async function receive(): Promise<{ position: string; total: () => Promise<number> }> {
  const { status, body } = await agent.post('/complaints', complaintBody());
  expect(status).toBe(201);
  const seen = { 'Consistency-Token': body.position };
  return {
    position: body.position,
    total: async () => (await agent.get('/complaints?limit=200', seen)).body.items.length,
  };
}

describe('a server that is frozen, its sockets open', () => {
  it('as event store makes the product unready, its lag unknown; it goes on by itself', async () => {
    await becomes(200);
    const { total } = await receive();
    expect(await total()).toBe(1);

    engines.eventStore.pause();
    await becomes(503);
    expect((await fetch(`${product.url}/health/live`)).status).toBe(200);
    const { status, body } = await auditor.get('/projections');
    expect(status).toBe(200);
    expect(body.items.map(({ lag }: { lag: unknown }) => lag)).toEqual([null, null, null]);
    expect(new Set(await metric('projection_lag_seconds'))).toEqual(new Set(['Nan']));

    engines.eventStore.resume();
    await becomes(200);
    expect(await (await receive()).total()).toBe(2);
  }, 120_000);

  it('as document store lets nobody wait longer than was agreed; it goes on by itself', async () => {
    await becomes(200);
    const { position } = await receive();
    engines.mongo.pause();
    const waited = await agent.get('/complaints', { 'Consistency-Token': position });
    expect(waited.status).toBe(503);
    expect(waited.body).toMatchObject({ type: expect.stringContaining('read-model-behind') });
    expect(waited.headers.get('retry-after')).toBe('1');
    expect(await ready()).toBe(503);
    expect((await auditor.get('/projections')).body).toMatchObject({
      status: 503,
      type: expect.stringContaining('unavailable'),
    });
    // A scrape is answered, without what cannot be known.
    expect(await metric('projection_lag_seconds')).toEqual([]);
    expect(await metric('process_cpu_seconds_total')).toHaveLength(1);

    engines.mongo.resume();
    await becomes(200);
    expect(await (await receive()).total()).toBe(4);
    const verified = await runCommandLine(['verify-projections', '--json'], product.dataDir, urls);
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true });
    expect(verified.code).toBe(0);
  }, 120_000);
});
