import type { ApiClient } from '#libs/testing/api-client.js';
import { THREE_COMPLAINTS } from '#libs/testing/three-complaints.js';
import { march, ToldProduct } from '#libs/testing/told-product.js';

let told: ToldProduct;
let agent: ApiClient;
let plumber: ApiClient;
let analyst: ApiClient;
let auditor: ApiClient;

beforeAll(async () => {
  told = await ToldProduct.start();
  agent = await told.as('agent');
  plumber = await told.as('officer', 'plumbing');
  analyst = await told.as('analyst');
  auditor = await told.as('auditor');
  await told.tell(THREE_COMPLAINTS);
});
afterAll(() => told.stop());

const references = (page: { items: { externalId: string }[] }): string[] =>
  page.items.map(({ externalId }) => externalId);

describe('A list of complaints', () => {
  it('comes newest first, and goes on where the page before ended', async () => {
    const first = await told.ask(agent, '/complaints?limit=2');
    expect(references(first)).toEqual(['case-3', 'case-2']);
    const second = await told.ask(agent, `/complaints?limit=2&cursor=${first.nextCursor}`);
    expect([references(second), second.nextCursor]).toEqual([['case-1'], null]);
  });

  it.each([
    ['status=received', ['case-3', 'case-2']],
    ['status=received,surveyed&sort=receivedAt', ['case-1', 'case-2', 'case-3']],
    ['callTree=defects', ['case-2', 'case-1']],
    ['callTree=defects-plumbing&status=surveyed', ['case-1']],
    ['team=plumbing', ['case-1']],
    ['category=material', ['case-1']],
    ['channel=email', ['case-3']],
    ['sort=-priority&limit=1', ['case-2']],
    ['escalated=true&status=surveyed', []],
    [`from=${march('02T09:00')}&to=${march('02T10:00')}`, ['case-1']],
    ['q=crm-2', ['case-2']],
    ['q=CASE-3', ['case-3']],
    ['q=BAHCEKENT&limit=2', ['case-3', 'case-2']],
    ['q=Gülizar', []],
  ])('for ?%s holds %j', async (query, expected) => {
    expect(references(await told.ask(agent, `/complaints?${query}`))).toEqual(expected);
  });

  it('holds for officers what their own team has or had', async () => {
    expect(references(await told.ask(plumber, '/complaints'))).toEqual(['case-1']);
    const other = await plumber.get(`/complaints/${told.ids.get('case-2')}`);
    expect([other.status, other.body.type]).toEqual([403, '/problems/not-your-team']);
  });

  it.each([
    'cursor=nonsense',
    'status=lost',
    `from=${march('03T00:00')}&to=${march('03T00:00')}`,
    'sort=name',
  ])('for ?%s is refused', async (query) => {
    const refused = await agent.get(`/complaints?${query}`);
    expect([refused.status, refused.body.type]).toEqual([400, '/problems/invalid-input']);
  });
});

describe('One complaint', () => {
  it('is shown with what is personal to those who work on it, without to those who count', async () => {
    const path = `/complaints/${told.ids.get('case-1')}`;
    expect(await told.ask(plumber, path)).toMatchObject({
      customer: { name: 'Gülizar Özçelik' },
      subject: 'Su kaçağı',
      result: { explanation: 'Conta değişti', by: 'mehmet' },
    });
    expect(await told.ask(analyst, path)).toMatchObject({
      customer: { ref: 'case-1', name: null },
      subject: null,
    });
    expect(JSON.stringify(await told.ask(analyst, path))).not.toMatch(/Gülizar|\+90|kaçağı|sealed/);
  });

  it('is shown as it was at a revision, with that revision for If-Match', async () => {
    const answer = await auditor.get(`/complaints/${told.ids.get('case-1')}?revision=3`);
    expect(answer.body).toMatchObject({ status: 'open', paused: true, team: 'plumbing', revision: 3 });
    expect(answer.headers.get('etag')).toBe('"3"');
    expect((await auditor.get(`/complaints/${told.ids.get('case-1')}?revision=99`)).status).toBe(404);
  });

  it('is shown as it was recorded at a moment, and not before it was recorded', async () => {
    const path = `/complaints/${told.ids.get('case-1')}`;
    const [received] = (await told.ask(auditor, `${path}/history`)).items;
    const before = new Date(Date.parse(received.recordedAt) - 1).toISOString();
    expect((await auditor.get(`${path}?asOf=${before}`)).status).toBe(404);
    expect(await told.ask(auditor, `${path}?asOf=${new Date().toISOString()}`)).toMatchObject({
      status: 'surveyed',
    });
  });

  it('has a history whose hashes lead from each event to the one before', async () => {
    const path = `/complaints/${told.ids.get('case-1')}/history?limit=4&basis=occurred`;
    const first = await told.ask(auditor, path);
    const second = await told.ask(auditor, `${path}&cursor=${first.nextCursor}`);
    const otherOrder = await auditor.get(`${path}&cursor=${first.nextCursor}&basis=recorded`);
    expect(otherOrder.status).toBe(400);
    expect(first.items[0]).toMatchObject({ previousHash: null, data: { subject: 'Su kaçağı' } });
    expect(second.items[0]).toMatchObject({
      type: 'ClockResumed',
      at: march('03T06:30'),
      previousHash: first.items[3].hash,
      actor: { sub: 'mehmet', role: 'officer', team: 'plumbing' },
    });
    expect((await analyst.get(path)).status).toBe(403);
  });

  it.each([-1, 0.5, '1', null])('has a history that never handed out the cursor %j', async (place) => {
    const cursor = Buffer.from(JSON.stringify(['history', place])).toString('base64url');
    const refused = await auditor.get(`/complaints/${told.ids.get('case-1')}/history?cursor=${cursor}`);
    expect([refused.status, refused.body.errors?.[0].pointer]).toEqual([400, '/cursor']);
  });

  it('has clocks whose ledgers add up to their elapsed time', async () => {
    const { clocks } = await told.ask(analyst, `/complaints/${told.ids.get('case-1')}/clocks`);
    type Clock = { clock: string; elapsed: number; ledger: { counted: number; state: string }[] };
    for (const { elapsed, ledger } of clocks as Clock[]) {
      expect(ledger.reduce((sum, { counted }) => sum + counted, 0)).toBe(elapsed);
    }
    expect(clocks.map(({ clock, elapsed }: Clock) => [clock, elapsed])).toEqual([
      ['registration', 600],
      ['resolution', 8 * 3600],
      ['approval', 3600],
      ['survey', (4.5 + 6) * 3600],
    ]);
    expect(clocks[1]).toMatchObject({
      target: 'PT27H',
      due: march('05T10:00'),
      status: 'met',
      compliant: true,
    });
    expect(clocks[1].ledger.map(({ state }: { state: string }) => state)).toContain('paused');
  });

  it('tells its status to whoever has the reference number, and nothing personal', async () => {
    const { reference } = await told.ask(agent, `/complaints/${told.ids.get('case-1')}`);
    const anyone = told.asAnyone();
    const { status, body } = await anyone.get(`/track/${reference.toLowerCase().replaceAll('-', '')}`);
    expect([status, Object.keys(body).sort()]).toEqual([
      200,
      ['cycle', 'lastChangedAt', 'paused', 'receivedAt', 'reference', 'status'],
    ]);
    expect((await anyone.get('/track/C-0000-0000-0000')).status).toBe(404);
  });

  it('tells it from no earlier than whoever received the complaint has seen', async () => {
    const { reference } = await told.ask(agent, `/complaints/${told.ids.get('case-1')}`);
    const anyone = told.asAnyone();
    const status = async (token: string) =>
      (await anyone.get(`/track/${reference}`, { 'Consistency-Token': token })).status;
    expect(await status(`${'0'.repeat(20)}-${'0'.repeat(20)}`)).toBe(200);
    expect(await status(`${'9'.repeat(20)}-${'9'.repeat(20)}`)).toBe(503);
    expect(await status('now')).toBe(400);
  });
});

describe('A worklist', () => {
  it('puts first what is due first', async () => {
    const { items } = await told.ask(agent, '/worklists/triage');
    expect(references({ items })).toEqual(['case-2', 'case-3']);
    // Urgent plumbing within 4 h: 13:00 to 15:00 on Monday and two hours of Tuesday.
    expect(items[0]).toMatchObject({
      due: march('02T14:00'),
      urgency: 'overdue',
      customer: { name: 'Can Öz' },
    });
  });

  it('of another team is not for officers, and there are no others than those in the interface', async () => {
    expect((await plumber.get('/worklists/team?team=electrical')).status).toBe(403);
    expect((await agent.get('/worklists/holidays')).status).toBe(404);
    expect((await analyst.get('/worklists/triage')).status).toBe(403);
  });
});
