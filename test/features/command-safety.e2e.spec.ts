import { type ApiClient, apiClient } from '#libs/testing/api-client.js';
import { type ProductProcess, removeDataDir, startProductProcess } from '#libs/testing/running-product.js';
import { complaintBody } from './complaint-body.js';

let product: ProductProcess;
let agent: ApiClient;

async function begin(dataDir?: string): Promise<void> {
  product = await startProductProcess(dataDir === undefined ? {} : { dataDir });
  agent = apiClient(product.url, await product.token('agent', 'agent-1'));
}

beforeAll(() => begin());

afterAll(async () => {
  await product.stop();
  await removeDataDir(product.dataDir);
});

const NAMES = { tr: 'Deneme', en: 'Trial' };

async function administrator(): Promise<ApiClient> {
  return apiClient(product.url, await product.token('admin'));
}

async function revisionsOf(id: string): Promise<number> {
  return (await agent.get(`/complaints/${id}/history?limit=200`)).body.items.length;
}

describe('a repeated command', () => {
  it('returns the first answer again, also after kill -9 and a restart', async () => {
    const body = complaintBody();
    const key = { 'Idempotency-Key': 'call 4711' };
    const first = await agent.post('/complaints', body, key);
    const { id } = first.body;
    const routeKey = { 'Idempotency-Key': 'route 4711' };
    const routed = await agent.post(`/complaints/${id}/route`, { team: 'plumbing' }, routeKey);
    await agent.post(`/complaints/${id}/follow-ups`, { note: 'x' });
    await product.kill9();
    await begin(product.dataDir);

    const again = await agent.post('/complaints', body, key);
    expect([again.status, again.body]).toEqual([201, first.body]);
    const routedAgain = await agent.post(`/complaints/${id}/route`, { team: 'plumbing' }, routeKey);
    expect([routedAgain.status, routedAgain.body]).toEqual([200, routed.body]);
    expect(await revisionsOf(id)).toBe(3);
  });

  it('is done once when it is sent many times at once', async () => {
    const body = complaintBody();
    const key = { 'Idempotency-Key': 'at once' };
    const answers = await Promise.all(Array.from({ length: 12 }, () => agent.post('/complaints', body, key)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body: { id } }) => id)).size).toBe(1);
    expect(await revisionsOf(answers[0]!.body.id)).toBe(1);
  });

  it('with another body, or for another complaint, is refused', async () => {
    const key = { 'Idempotency-Key': 'one use' };
    const { id } = (await agent.post('/complaints', complaintBody(), key)).body;
    expect((await agent.post('/complaints', complaintBody({ subject: 'Başka' }), key)).status).toBe(422);
    expect((await agent.post(`/complaints/${id}/route`, { team: 'plumbing' }, key)).status).toBe(422);
    expect(await revisionsOf(id)).toBe(1);
  });

  it('of another caller with the same key is another command', async () => {
    const key = { 'Idempotency-Key': 'shared words' };
    const other = apiClient(product.url, await product.token('agent', 'agent-2'));
    const body = complaintBody();
    const mine = await agent.post('/complaints', body, key);
    const theirs = await other.post('/complaints', body, key);
    expect(theirs.status).toBe(201);
    expect(theirs.body.id).not.toBe(mine.body.id);
  });
});

describe('commands at the same time', () => {
  it('are all done when the rules allow each after the other', async () => {
    const { id } = (await agent.post('/complaints', complaintBody())).body;
    const notes = await Promise.all(
      Array.from({ length: 10 }, (_, number) =>
        agent.post(`/complaints/${id}/follow-ups`, { note: `note ${number}` }),
      ),
    );
    expect(notes.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(await revisionsOf(id)).toBe(11);
  });

  it('leave one winner when each forbids the other', async () => {
    const { id } = (await agent.post('/complaints', complaintBody())).body;
    const answers = await Promise.all(
      ['plumbing', 'electrical', 'finishing'].map((team) => agent.post(`/complaints/${id}/route`, { team })),
    );
    // The others would have to give a reason: it has a team by then.
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    expect(await revisionsOf(id)).toBe(2);
  });

  it('lose against a pinned revision with 412, and win at the right one', async () => {
    const { id } = (await agent.post('/complaints', complaintBody())).body;
    await agent.post(`/complaints/${id}/follow-ups`, { note: 'meanwhile' });
    const stale = await agent.post(`/complaints/${id}/route`, { team: 'plumbing' }, { 'If-Match': '"0"' });
    expect([stale.status, stale.body.type]).toEqual([412, '/problems/revision-conflict']);
    const current = await agent.post(`/complaints/${id}/route`, { team: 'plumbing' }, { 'If-Match': '"1"' });
    expect(current.status).toBe(200);
  });

  it('lose where there is no revision to be at', async () => {
    const pinned = { 'If-Match': '"0"' };
    const complaint = await agent.post('/complaints', complaintBody(), pinned);
    const team = await (await administrator()).put('/teams/garden', { names: NAMES }, pinned);
    for (const { status, body } of [complaint, team]) {
      expect([status, body.detail]).toEqual([412, expect.stringMatching(/does not exist yet/)]);
      expect(body).not.toHaveProperty('currentRevision');
    }
  });
});

describe('definitions', () => {
  it('at the same time never lead a tree in a circle', async () => {
    const admin = await administrator();
    const define = (code: string, parent?: string) =>
      admin.put(`/call-tree/${code}`, { names: NAMES, ...(parent === undefined ? {} : { parent }) });
    for (const round of [1, 2, 3, 4]) {
      const [one, other] = [`one-${round}`, `other-${round}`];
      await define(one);
      await define(other);
      const answers = await Promise.all([define(one, other), define(other, one)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
    }
  });

  it('that change nothing use up their key all the same', async () => {
    const admin = await administrator();
    const key = { 'Idempotency-Key': 'same-again' };
    await admin.put('/teams/keys', { names: NAMES });
    const same = await admin.put('/teams/keys', { names: NAMES }, key);
    expect([same.status, same.body.events]).toEqual([200, []]);
    expect((await admin.put('/teams/keys', { names: NAMES }, key)).body).toEqual(same.body);
    expect((await admin.put('/teams/keys', { names: NAMES, active: false }, key)).status).toBe(422);
  });
});

describe('what happened when', () => {
  it('is told late, but neither in the future nor before the previous fact', async () => {
    const hour = 3_600_000;
    const at = (ago: number): string => new Date(Date.now() - ago).toISOString();
    const late = await agent.post(
      '/complaints',
      complaintBody({ contactedAt: at(3 * hour), occurredAt: at(2 * hour) }),
    );
    expect(late.status).toBe(201);
    const { id } = late.body;
    const note = (occurredAt: string) =>
      agent.post(`/complaints/${id}/follow-ups`, { note: 'n', occurredAt });
    expect((await note(at(-hour))).status).toBe(400);
    expect((await note(at(2.5 * hour))).body.errors).toMatchObject([{ pointer: '/occurredAt' }]);
    expect((await note(at(hour))).status).toBe(200);
  });
});
