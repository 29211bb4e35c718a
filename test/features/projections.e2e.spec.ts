import { MongoClient } from 'mongodb';
import { readInstance } from '#apps/all-in-one/instance-file.js';
import { openRawLog, rawMetadata, type RawEvent } from '#libs/event-store/testing/raw-log.js';
import { apiClient, type Answer, type ApiClient } from '#libs/testing/api-client.js';
import {
  removeDataDir,
  runCommandLine,
  startProductProcess,
  type ProductProcess,
} from '#libs/testing/running-product.js';
import { complaintBody } from './complaint-body.js';

let product: ProductProcess;
let agent: ApiClient;
let admin: ApiClient;
let analyst: ApiClient;

beforeAll(async () => {
  product = await startProductProcess({ env: { CONSISTENCY_TIMEOUT_MS: '3000' } });
  const as = async (role: string) => apiClient(product.url, await product.token(role));
  [agent, admin, analyst] = await Promise.all([as('agent'), as('admin'), as('analyst')]);
});
afterAll(async () => {
  await product.stop();
  await removeDataDir(product.dataDir);
});

async function receive(): Promise<Answer<{ id: string }>> {
  const answer = await agent.post('/complaints', complaintBody());
  expect(answer.status).toBe(201);
  return answer;
}

function tokenOf({ headers }: Pick<Answer, 'headers'>): Record<string, string> {
  return { 'Consistency-Token': headers.get('consistency-token')! };
}

async function cli(...args: string[]) {
  return runCommandLine(args, product.dataDir);
}

async function stores() {
  return (await readInstance(product.dataDir))!;
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let looks = 0; looks < 200; looks++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not come to pass.');
}

describe('A caller’s own writes', () => {
  it('are read back whichever stream they went to, also right after a switch of builds', async () => {
    const team = { names: { tr: 'Çatı', en: 'Roofs' } };
    const defined = await admin.put('/teams/roofs', team);
    expect(defined.status).toBeLessThan(300);
    expect((await agent.get('/complaints', tokenOf(defined))).status).toBe(200);
    const received = await receive();
    expect((await agent.get(`/complaints/${received.body.id}`, tokenOf(received))).body.id).toBe(
      received.body.id,
    );
  });

  it.each(['', 'tomorrow', '12-34', `${'1'.repeat(20)}-${'1'.repeat(21)}`])(
    'are not waited for by the token "%s"',
    async (token) => {
      const { status, body } = await agent.get('/complaints', { 'Consistency-Token': token });
      expect([status, body.type]).toEqual([400, '/problems/invalid-header']);
    },
  );
});

describe('One complaint as of a moment', () => {
  it('is what the live answer was then', async () => {
    const { body } = await receive();
    const path = `/complaints/${body.id}`;
    const told: { at: string; live: Record<string, unknown> }[] = [];
    for (const command of ['route', 'prioritise', 'route', 'withdraw']) {
      const input = {
        team: told.length > 1 ? 'electrical' : 'plumbing',
        priority: 'urgent',
        reason: 'Kaçak',
      };
      const { team, priority, reason } = input;
      const bodies = { route: { team, reason }, prioritise: { priority, reason }, withdraw: { reason } };
      const answer = await agent.post(`${path}/${command}`, bodies[command as keyof typeof bodies]);
      expect([command, answer.status]).toEqual([command, 200]);
      const live = await agent.get(path, tokenOf(answer));
      await new Promise((resolve) => setTimeout(resolve, 3));
      told.push({ at: new Date().toISOString(), live: live.body });
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
    for (const { at, live } of told) expect((await agent.get(`${path}?asOf=${at}`)).body).toEqual(live);
    expect(told.map(({ live }) => live['revision'])).toEqual([
      ...new Set(told.map(({ live }) => live['revision'])),
    ]);
  });

  it.each(['2999-01-01T00:00:00Z', 'yesterday', '2026-03-01'])('is refused for %s', async (asOf) => {
    const { body } = await receive();
    const answer = await agent.get(`/complaints/${body.id}?asOf=${asOf}`);
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, '/asOf']);
  });
});

describe('An event that no release can read', () => {
  const name = 'complaint-register';
  const POISON: [string, RawEvent][] = [
    [
      'of a version of tomorrow',
      { type: 'ComplaintRouted', data: { team: 'plumbing' }, metadata: rawMetadata({ schemaVersion: 99 }) },
    ],
    ['that is no object', { type: 'ComplaintRouted', data: ['plumbing'] }],
    ['that is no JSON', { type: 'ComplaintRouted', bytes: Uint8Array.from([0xff, 0x00, 0x7b]) }],
  ];

  it.each(POISON)(
    '(%s) parks its complaint alone, is seen, retried, skipped, and all is exact again',
    async (_, poison) => {
      const spoiled = await receive();
      const raw = openRawLog((await stores()).eventStoreUrl!);
      await raw.append(`complaint-${spoiled.body.id}`, poison);
      await raw.close();
      const other = await receive();
      expect((await agent.get(`/complaints/${other.body.id}`, tokenOf(other))).body.status).toBe('received');

      const path = `/projections/${name}/parked`;
      const row = await until(async () =>
        (await analyst.get(path)).body.items.find(
          (item: { complaintId: string }) => item.complaintId === spoiled.body.id,
        ),
      );
      expect(row).toMatchObject({ type: 'ComplaintRouted', revision: 1, waits: false });
      expect((await analyst.get(`/projections/${name}`)).body.items[0].parked).toBe(1);
      const refused = await agent.post(`/complaints/${spoiled.body.id}/prioritise`, {
        priority: 'low',
        reason: 'x',
      });
      expect([refused.status, refused.body.unreadableRevision]).toEqual([409, 1]);
      const then = new Date().toISOString();
      const { body: whileParked } = await agent.get(`/complaints/${spoiled.body.id}`);
      const id = encodeURIComponent(row.id);
      expect((await analyst.post(`${path}/${id}/skip`, { reason: 'x' })).status).toBe(403);
      expect((await admin.post(`${path}/${id}/skip`, {})).status).toBe(400);
      const retried = await admin.post(`${path}/${id}/retry`, { reason: 'once more' });
      expect([retried.status, retried.body.answer]).toEqual([200, expect.stringContaining('Still parked')]);
      expect((await admin.post(`${path}/${id}/skip`, { reason: 'written by hand' })).body.state).toBe('done');
      for (const model of ['sla-facts', 'satisfaction-facts']) {
        const skipped = await admin.post(`/projections/${model}/parked/${id}/skip`, { reason: 'as well' });
        expect([skipped.status, skipped.body.state]).toEqual([200, 'done']);
      }
      expect((await analyst.get(path)).body.items).toEqual([]);
      expect((await agent.get(`/complaints/${spoiled.body.id}`)).body.revision).toBe(1);
      expect((await agent.get(`/complaints/${spoiled.body.id}?asOf=${then}`)).body).toEqual(whileParked);
      const [decision] = (await analyst.get(`/projections/${name}/decisions`)).body.items;
      expect(decision).toMatchObject({
        kind: 'skip',
        by: 'admin-1',
        reason: 'written by hand',
        state: 'done',
      });
    },
  );

  it('leaves read models that equal a fold of the log anew, once it was decided on', async () => {
    const verified = await cli('verify-projections', '--json');
    expect([verified.code, JSON.parse(verified.stdout).ok]).toEqual([0, true]);
    const listed = await cli('projections', 'parked', name);
    expect([listed.code, JSON.parse(listed.stdout)]).toEqual([0, { items: [], next: null }]);
  });
});

describe('Builds of a read model', () => {
  const name = 'satisfaction-facts';
  let first: string;
  let second: string;

  it('are built beside the one in use, compared, switched to, rolled back from and dropped', async () => {
    [{ id: first }] = (await analyst.get(`/projections/${name}`)).body.items;
    second = `${first}:b1`;
    const rebuilt = await admin.post(`/projections/${name}/rebuild`, { switchWhenCaughtUp: false });
    expect(rebuilt.status).toBe(202);
    await until(async () =>
      (await analyst.get(`/projections/${name}`)).body.items.find(
        ({ id, state }: { id: string; state: string }) => id === second && state === 'running',
      ),
    );
    const compared = await analyst.get(`/projections/${name}/compare?build=${second}`);
    expect(compared.body).toMatchObject({ sameDigest: true });
    const switched = await admin.post(`/projections/${name}/switch`, { build: second });
    expect(switched.body).toMatchObject({ build: 1, switchedBy: 'admin-1' });
    const refused = await admin.call('DELETE', `/projections/${name}/builds/${second}`);
    expect([refused.status, refused.body.type]).toEqual([409, '/problems/conflict']);
    expect((await admin.post(`/projections/${name}/rollback`)).body).toMatchObject({ build: 0 });
    expect((await admin.call('DELETE', `/projections/${name}/builds/${second}`)).status).toBe(204);
  });

  it('are for administrators, and exist by the names of the list', async () => {
    expect((await analyst.post(`/projections/${name}/switch`, { build: first })).status).toBe(403);
    expect((await analyst.call('DELETE', `/projections/${name}/builds/${first}`)).status).toBe(403);
    const answers = await Promise.all([
      admin.get('/projections/nothing'),
      admin.post('/projections/nothing/rollback'),
      admin.post(`/projections/${name}/switch`, { build: `${name}:v99` }),
      admin.call('DELETE', `/projections/${name}/builds/${name}:v99`),
      admin.get(`/projections/${name}/compare?build=${name}:v99`),
      admin.get(`/projections/${name}/compare?build=sla-facts:v1`),
      admin.post(`/projections/${name}/switch`, { build: 'b1' }),
      admin.post(`/projections/${name}/switch`, {}),
      admin.post(`/projections/${name}/rollback`, { build: second }),
      admin.post(`/projections/${name}/rebuild?switchWhenCaughtUp=false`),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 400, 400, 400, 400, 400]);
    expect(answers.at(-1)?.body.errors).toEqual([
      { pointer: '/switchWhenCaughtUp', detail: 'is not a known field' },
    ]);
    const unknown = await cli('projections', 'progress', 'nothing');
    expect([unknown.code, unknown.stderr]).toEqual([
      2,
      expect.stringContaining('there are complaint-register'),
    ]);
    const misspelt = await cli('projections', 'rebuid', name);
    expect([misspelt.code, misspelt.stderr]).toEqual([2, expect.stringContaining('has no rebuid')]);
  });
});

describe('A read model that was altered in its store', () => {
  it('is found, and what is wrong is named: corrupted, missing and superfluous documents', async () => {
    const [one, two] = [await receive(), await receive()];
    await agent.get('/complaints', tokenOf(two));
    const { items } = (await analyst.get('/projections/complaint-register')).body;
    const collectionName = String(items[0].id).replaceAll('-', '_').replaceAll(':', '_');
    const client = await MongoClient.connect((await stores()).mongoUrl!);
    const collection = client.db('complaints').collection<{ _id: string }>(collectionName);
    const gone = (await collection.findOneAndDelete({ _id: two.body.id }))!;
    await collection.updateOne({ _id: one.body.id }, { $set: { status: 'surveyed' } });
    await collection.insertOne({ ...gone, _id: '01900000-0000-7000-8000-000000000000' });
    await client.close();
    const { code, stdout } = await cli('verify-projections', 'complaint-register');
    expect(code).toBe(1);
    expect(stdout).toContain(`corrupted ${one.body.id}`);
    expect(stdout).toContain(`missing ${two.body.id}`);
    expect(stdout).toContain('superfluous 01900000-0000-7000-8000-000000000000');
    expect(stdout).toMatch(/digest kept by the projector: [0-9a-f]{16}…$/m);
  });
});

describe('A definition whose history cannot be read', () => {
  it('is not changed, and the refusal names the event', async () => {
    const raw = openRawLog((await stores()).eventStoreUrl!);
    await raw.append('team-roofs', { type: 'TeamDefined', data: ['roofs'] });
    await raw.close();
    const refused = await admin.put('/teams/roofs', { names: { tr: 'Çatılar', en: 'All roofs' } });
    expect([refused.status, refused.body.type, refused.body.unreadableRevision]).toEqual([
      409,
      '/problems/conflict',
      1,
    ]);
  });
});
