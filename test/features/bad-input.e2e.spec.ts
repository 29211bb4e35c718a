import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { issueToken } from '#libs/auth/index.js';
import { type ApiClient, apiClient } from '#libs/testing/api-client.js';
import {
  type ProductProcess,
  removeDataDir,
  runCommandLine,
  startProductProcess,
  temporaryDataDir,
} from '#libs/testing/running-product.js';
import { complaintBody } from './complaint-body.js';

let product: ProductProcess;
let agent: ApiClient;

beforeAll(async () => {
  product = await startProductProcess();
  agent = apiClient(product.url, await product.token('agent'));
});

afterAll(async () => {
  await product.stop();
  await removeDataDir(product.dataDir);
});

async function complaintsCount(): Promise<number> {
  return (await agent.get('/complaints?limit=200')).body.items.length;
}

describe('bad requests', () => {
  it.each([
    ['an unknown field', { ...complaintBody(), colour: 'red' }, '/colour'],
    ['a wrong type', complaintBody({ subject: 7 }), '/subject'],
    ['a wrong nested value', complaintBody({ customer: { kind: 'king', name: 'A' } }), '/customer/kind'],
    ['a call-tree node that does not exist', complaintBody({ callTree: 'no-such-node' }), '/callTree'],
    ['a time without an offset', complaintBody({ contactedAt: '2026-01-01T10:00:00' }), '/contactedAt'],
    ['a contact in the future', complaintBody({ contactedAt: '2999-01-01T10:00:00Z' }), '/contactedAt'],
    ['a blank subject', complaintBody({ subject: '  ' }), '/subject'],
  ])('with %s get a 400 that points at it, and change nothing', async (_what, body, pointer) => {
    const before = await complaintsCount();
    const answer = await agent.post('/complaints', body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toMatch(/problem\+json/);
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(pointer);
    expect(await complaintsCount()).toBe(before);
  });

  it('with names of any script are welcome', async () => {
    for (const name of ['محمد العربي', 'Şükrü Çığ', '山田 太郎', '👩‍👩‍👧 Örnek']) {
      const { status, body } = await agent.post(
        '/complaints',
        complaintBody({ customer: { kind: 'tenant', name } }),
      );
      expect(status).toBe(201);
      const seen = await agent.get(`/complaints/${body.id}`, { 'Consistency-Token': body.position });
      expect(seen.body.customer.name).toBe(name);
    }
  });

  it('that are no JSON, too large, or about no complaint are told so', async () => {
    expect((await agent.post('/complaints', '{"a":')).status).toBe(400);
    expect(
      (await agent.post('/complaints', complaintBody({ description: 'x'.repeat(1_100_000) }))).status,
    ).toBe(413);
    expect((await agent.post('/complaints/not-a-uuid/close', {})).status).toBe(400);
    expect((await agent.post('/complaints/0190a5e2-7a3e-7c41-9d2f-3b1c5e8f7a10/close', {})).status).toBe(404);
    expect((await agent.get('/complaints/0190a5e2-7a3e-7c41-9d2f-3b1c5e8f7a10')).status).toBe(404);
  });

  it('without a token, with a foreign or an expired one are 401; in the wrong role 403', async () => {
    const elsewhere = await temporaryDataDir();
    const foreign = await issueToken({ dataDir: elsewhere, sub: 'x', roles: ['agent'] });
    await removeDataDir(elsewhere);
    const brief = await issueToken({ dataDir: product.dataDir, sub: 'x', roles: ['agent'], expiresIn: '1s' });
    expect((await apiClient(product.url).get('/complaints')).status).toBe(401);
    expect((await apiClient(product.url, foreign).get('/complaints')).status).toBe(401);
    await new Promise((resolve) => setTimeout(resolve, 7000));
    const expired = await apiClient(product.url, brief).get('/complaints');
    expect([expired.status, expired.body.type]).toEqual([401, '/problems/token-expired']);
    const analyst = apiClient(product.url, await product.token('analyst'));
    expect((await analyst.post('/complaints', complaintBody())).status).toBe(403);
  });
});

describe('a start that cannot be', () => {
  async function failing(env: Readonly<Record<string, string>>, dataDir: string) {
    const { code, stderr } = await runCommandLine(['start'], dataDir, env);
    return { code, stderr };
  }

  it('says that the port is taken and which setting changes it', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const dataDir = await temporaryDataDir();
    const { code, stderr } = await failing({ PORT: String(port) }, dataDir);
    server.close();
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`Port ${port}.*taken.*PORT`, 's'));
    await removeDataDir(dataDir);
  });

  it('says that another instance has the data folder', async () => {
    const { code, stderr } = await failing({}, product.dataDir);
    expect(code).toBe(1);
    expect(stderr).toMatch(/in use|another/i);
    expect((await agent.get('/complaints')).status).toBe(200);
  });

  it('says that the data folder cannot be written', async () => {
    const dataDir = await temporaryDataDir();
    const blocked = join(dataDir, 'file');
    await writeFile(blocked, '');
    const { code, stderr } = await failing({}, join(blocked, 'data'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/DATA_DIR|cannot be|not/i);
    await mkdir(join(dataDir, 'x'));
    await chmod(join(dataDir, 'x'), 0o755);
    await rm(dataDir, { recursive: true });
  });

  it('says that the event store does not answer, without its password', async () => {
    const dataDir = await temporaryDataDir();
    const { code, stderr } = await failing(
      { EVENTSTORE_URL: 'esdb://admin:geheim@127.0.0.1:9?tls=false' },
      dataDir,
    );
    expect(code).toBe(1);
    expect(stderr).toMatch(/EVENTSTORE_URL/);
    expect(stderr).not.toMatch(/geheim/);
    await removeDataDir(dataDir);
  });

  it('says everything that is wrong with the settings at once', async () => {
    const { code, stderr } = await failing({ PORT: 'x', LOG_LEVEL: 'loud' }, product.dataDir);
    expect(code).toBe(2);
    expect(stderr).toMatch(/PORT[\s\S]*LOG_LEVEL/);
  });
});
