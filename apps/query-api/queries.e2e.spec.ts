import { sendImport } from '#libs/importing/index.js';
import { apiClient, type ApiClient } from '#libs/testing/api-client.js';
import { removeDataDir, startProductProcess, type ProductProcess } from '#libs/testing/running-product.js';

/*
 * One history, told with its moments through the import. Monday 2 March 2026; the default calendar is open from 09:00 to
 * 18:00 in Istanbul (06:00 to 15:00 UTC), plumbing is due after 27 business hours, a call is to be recorded in 15 minutes.
 */
const march = (at: string): string => `2026-03-${at}:00.000Z`;

const AYSE = { sub: 'ayse', name: 'Ayşe', role: 'agent' };
const FATMA = { sub: 'fatma', name: 'Fatma', role: 'agent' };
const MEHMET = { sub: 'mehmet', name: 'Mehmet', role: 'officer', team: 'plumbing' };

function receive(externalId: string, at: string, more: object = {}) {
  const body = {
    customer: { ref: 'crm-1', kind: 'owner', name: 'Gülizar Özçelik', phone: '+90 555 123 45 67' },
    property: { project: '=Bahçekent', unit: '12' },
    channel: 'phone',
    contactedAt: march(at),
    callTree: 'defects-plumbing',
    subject: 'Su kaçağı',
    description: 'Mutfakta su damlıyor',
    ...more,
  };
  return line(externalId, at, AYSE, 'receive', body);
}

function line(externalId: string, at: string, actor: object, command: string, body: object = {}): string {
  return JSON.stringify({ command, body, occurredAt: march(at), actor, externalId });
}

/** Resolved on Tuesday at 09:00 UTC: 6 h of Monday from 09:00 on and 3 h of Tuesday, less 1 h paused. */
const FIRST = [
  receive('case-1', '02T09:00', { contactedAt: march('02T08:50') }),
  line('case-1', '02T09:30', AYSE, 'route', { team: 'plumbing' }),
  line('case-1', '02T10:00', MEHMET, 'open'),
  line('case-1', '02T14:30', MEHMET, 'pause', { reason: 'Müşteri evde değil' }),
  line('case-1', '03T06:30', MEHMET, 'resume'),
  line('case-1', '03T09:00', MEHMET, 'resolve', {
    outcome: 'fixed',
    explanation: 'Conta değişti',
    category: 'material',
  }),
  line('case-1', '03T10:00', AYSE, 'confirm'),
  line('case-1', '03T10:30', AYSE, 'close'),
  line('case-1', '03T12:00', FATMA, 'survey-attempts', { outcome: 'no-answer' }),
  line('case-1', '04T12:00', FATMA, 'survey', {
    scores: { solution: 5, technique: 4, attention: null, quality: 3, duration: 2 },
    overall: 4,
  }),
];
const SECOND = [
  receive('case-2', '02T10:00', {
    contactedAt: march('02T09:00'),
    priority: 'urgent',
    customer: { ref: 'crm-2', kind: 'tenant', name: 'Can Öz' },
  }),
];
const THIRD = [
  receive('case-3', '05T10:00', { callTree: 'sales', channel: 'email', contactedAt: march('05T09:00') }),
];

const PERIOD = 'from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z';

let product: ProductProcess;
let agent: ApiClient;
let plumber: ApiClient;
let analyst: ApiClient;
let auditor: ApiClient;
let position = '';
const ids = new Map<string, string>();

async function tell(lines: readonly string[]): Promise<void> {
  const token = await product.token('service');
  for await (const answer of sendImport({ url: product.url, token }, lines)) {
    if (answer.status === 'refused') throw new Error(JSON.stringify(answer));
    const { externalId, id, position: place } = answer as unknown as Record<string, string>;
    ids.set(externalId!, id!);
    if (place! > position) position = place!;
  }
}

async function ask(client: ApiClient, path: string) {
  const answer = await client.get(path, { 'Consistency-Token': position });
  expect([path, answer.status]).toEqual([path, 200]);
  return answer.body;
}

const references = (page: { items: { externalId: string }[] }): string[] =>
  page.items.map(({ externalId }) => externalId);

beforeAll(async () => {
  product = await startProductProcess();
  const as = async (role: string, team?: string) =>
    apiClient(product.url, await product.token(role, undefined, team));
  agent = await as('agent');
  plumber = await as('officer', 'plumbing');
  analyst = await as('analyst');
  auditor = await as('auditor');
  await tell([...FIRST, ...SECOND, ...THIRD]);
});
afterAll(async () => {
  await product.stop();
  await removeDataDir(product.dataDir);
});

describe('A list of complaints', () => {
  it('comes newest first, and goes on where the page before ended', async () => {
    const first = await ask(agent, '/complaints?limit=2');
    expect(references(first)).toEqual(['case-3', 'case-2']);
    const second = await ask(agent, `/complaints?limit=2&cursor=${first.nextCursor}`);
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
    expect(references(await ask(agent, `/complaints?${query}`))).toEqual(expected);
  });

  it('holds for officers what their own team has or had', async () => {
    expect(references(await ask(plumber, '/complaints'))).toEqual(['case-1']);
    const other = await plumber.get(`/complaints/${ids.get('case-2')}`);
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
    const path = `/complaints/${ids.get('case-1')}`;
    expect(await ask(plumber, path)).toMatchObject({
      customer: { name: 'Gülizar Özçelik' },
      subject: 'Su kaçağı',
      result: { explanation: 'Conta değişti', by: 'mehmet' },
    });
    expect(await ask(analyst, path)).toMatchObject({ customer: { ref: 'crm-1', name: null }, subject: null });
    expect(JSON.stringify(await ask(analyst, path))).not.toMatch(/Gülizar|\+90|kaçağı|sealed/);
  });

  it('is shown as it was at a revision, with that revision for If-Match', async () => {
    const answer = await auditor.get(`/complaints/${ids.get('case-1')}?revision=3`);
    expect(answer.body).toMatchObject({ status: 'open', paused: true, team: 'plumbing', revision: 3 });
    expect(answer.headers.get('etag')).toBe('"3"');
    expect((await auditor.get(`/complaints/${ids.get('case-1')}?revision=99`)).status).toBe(404);
  });

  it('is shown as it was recorded at a moment, and not before it was recorded', async () => {
    const path = `/complaints/${ids.get('case-1')}`;
    const [received] = (await ask(auditor, `${path}/history`)).items;
    const before = new Date(Date.parse(received.recordedAt) - 1).toISOString();
    expect((await auditor.get(`${path}?asOf=${before}`)).status).toBe(404);
    expect(await ask(auditor, `${path}?asOf=${new Date().toISOString()}`)).toMatchObject({
      status: 'surveyed',
    });
  });

  it('has a history whose hashes lead from each event to the one before', async () => {
    const path = `/complaints/${ids.get('case-1')}/history?limit=4&basis=occurred`;
    const first = await ask(auditor, path);
    const second = await ask(auditor, `${path}&cursor=${first.nextCursor}`);
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
    const refused = await auditor.get(`/complaints/${ids.get('case-1')}/history?cursor=${cursor}`);
    expect([refused.status, refused.body.errors?.[0].pointer]).toEqual([400, '/cursor']);
  });

  it('has clocks whose ledgers add up to their elapsed time', async () => {
    const { clocks } = await ask(analyst, `/complaints/${ids.get('case-1')}/clocks`);
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
    const { reference } = await ask(agent, `/complaints/${ids.get('case-1')}`);
    const anyone = apiClient(product.url);
    const { status, body } = await anyone.get(`/track/${reference.toLowerCase().replaceAll('-', '')}`);
    expect([status, Object.keys(body).sort()]).toEqual([
      200,
      ['cycle', 'lastChangedAt', 'paused', 'receivedAt', 'reference', 'status'],
    ]);
    expect((await anyone.get('/track/C-0000-0000-0000')).status).toBe(404);
  });
});

describe('A worklist', () => {
  it('puts first what is due first', async () => {
    const { items } = await ask(agent, '/worklists/triage');
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

describe('A report', () => {
  it('judges registrations by channel', async () => {
    const report = await ask(analyst, `/reports/registration-compliance?${PERIOD}`);
    expect(report).toMatchObject({
      from: march('01T00:00'),
      asOf: null,
      policy: { inForce: 1, ruledBy: [{ version: 1, n: 3 }] },
      total: { n: 3, within: 2, late: 1, mean: (600 + 3600 + 3600) / 3 },
    });
    expect(report.groups).toMatchObject([
      { key: 'email', n: 1, within: 1, max: 3600 },
      { key: 'phone', n: 2, within: 1, late: 1, median: 2100 },
    ]);
  });

  it('judges resolutions by node, with the open late ones apart, and again by another calendar', async () => {
    const { total, groups, calendar } = await ask(
      analyst,
      `/reports/resolution-compliance?${PERIOD}&depth=1&calendar=always`,
    );
    expect(total).toMatchObject({ n: 1, within: 1, late: 0, mean: 8 * 3600, openLate: 2 });
    expect(groups.map((group: { key: string; openLate: number }) => [group.key, group.openLate])).toEqual([
      ['defects', 1],
      ['sales', 1],
    ]);
    // Around the clock it took 24 h less 16 h paused.
    expect(calendar).toEqual({ code: 'always', version: 1 });
    expect(total.judgedAgain).toMatchObject({ n: 1, within: 1, mean: 8 * 3600, differ: 0 });
  });

  it('measures satisfaction by month', async () => {
    const { groups } = await ask(analyst, `/reports/satisfaction?${PERIOD}`);
    expect(groups).toMatchObject([
      {
        key: '2026-03',
        n: 1,
        overall: { mean: 4, topTwoBox: { count: 1, n: 1, share: 1 } },
        dimensions: { attention: { n: 0, mean: null }, duration: { n: 1, mean: 2 } },
        responses: { n: 1, complete: 1, rate: 1 },
        attempts: { 'no-answer': 1, answered: 1 },
      },
    ]);
  });

  it('tells the workload of teams and the root causes', async () => {
    const workload = await ask(analyst, `/reports/workload?${PERIOD}`);
    expect(workload.groups).toMatchObject([
      { key: 'plumbing', open: 0, arrived: 1, resolved: 1 },
      { key: '(none)', open: 2, openLate: 2, arrived: 3, passedOn: 1, ageing: { '14-30': 2 } },
    ]);
    const causes = await ask(analyst, `/reports/root-causes?${PERIOD}`);
    expect(causes.groups.map(({ key, n }: { key: string; n: number }) => [key, n])).toEqual([
      ['(none)', 2],
      ['material', 1],
    ]);
  });

  it('as of a moment is what the live report told then', async () => {
    const kinds = [
      'registration-compliance',
      'resolution-compliance?groupBy=team,week',
      'satisfaction',
      'escalations',
      'workload',
      'root-causes',
    ];
    const paths = kinds.map((kind) => `/reports/${kind}${kind.includes('?') ? '&' : '?'}${PERIOD}`);
    const live = [];
    for (const path of paths) live.push(await ask(analyst, path));
    await new Promise((resolve) => setTimeout(resolve, 5));
    const then = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await tell([
      line('case-2', '06T10:00', AYSE, 'route', { team: 'electrical' }),
      receive('case-4', '07T10:00'),
      line('case-3', '09T10:00', AYSE, 'withdraw', { reason: 'Vazgeçti' }),
    ]);
    for (const [index, path] of paths.entries()) {
      const { asOf, ...past } = await ask(analyst, `${path}&asOf=${then}`);
      const { asOf: _now, ...told } = live[index];
      // The position told is how far the read model was, which may lie behind a configuration event.
      expect({ path, ...past, position: '' }).toEqual({ path, ...told, position: '' });
      expect(asOf).toBe(then);
    }
    expect((await ask(analyst, paths[0]!)).total.n).toBe(4);
  });

  it('comes as CSV in which no text is a formula, and as a spreadsheet', async () => {
    const path = `/reports/registration-compliance?${PERIOD}&groupBy=project`;
    const csv = await ask(analyst, `${path}&format=csv`);
    const [header, row] = String(csv)
      .replace(/^\uFEFF/, '')
      .split('\r\n');
    expect(header).toMatch(/^project,n,within,late,unjudged,compliance,mean,median,p90,max$/);
    expect(row).toMatch(/^'=Bahçekent,/);
    const sheet = await analyst.get(`${path}&format=xlsx`);
    expect(sheet.headers.get('content-type')).toContain('spreadsheetml');
    expect(sheet.headers.get('content-disposition')).toContain(
      'registration-compliance-2026-03-01-2026-04-01.xlsx',
    );
    expect(String(sheet.body)).toMatch(/^PK/);
  });

  it.each([
    'groupBy=level',
    'groupBy=channel,team,month',
    'groupBy=mood',
    'calendar=unknown',
    'format=pdf',
    'asOf=2999-01-01T00:00:00Z',
  ])('for ?%s is refused', async (query) => {
    const refused = await analyst.get(`/reports/registration-compliance?${query}`);
    expect([refused.status, refused.body.type]).toEqual([400, '/problems/invalid-input']);
  });

  it('is not for officers', async () => {
    expect((await plumber.get('/reports/workload')).status).toBe(403);
  });
});

describe('The configuration', () => {
  it('is listed as it is in force, and with its history', async () => {
    const { items } = await ask(analyst, '/teams');
    expect(items.find(({ code }: { code: string }) => code === 'plumbing')).toMatchObject({
      version: 1,
      active: true,
    });
    const history = await ask(analyst, '/sla-policies?history=true');
    expect(history.items).toMatchObject([{ version: 1, publishedBy: { role: 'system' } }]);
  });

  it('has its targets tried out without anything being stored', async () => {
    const body = { target: 'PT10H', start: '2026-03-02T16:00:00Z' };
    const hours = Object.fromEntries(
      ['monday', 'tuesday', 'wednesday'].map((day) => [day, [['09:00', '17:00']]]),
    );
    const draft = await agent.post('/sla-policies/preview', {
      ...body,
      calendar: { timeZone: 'UTC', hours },
    });
    expect([draft.status, draft.body]).toMatchObject([
      200,
      { due: march('04T10:00'), elapsed: 36_000, compliant: null },
    ]);
    const paused = {
      ...body,
      calendar: 'default',
      end: march('04T10:00'),
      pauses: [{ from: march('03T06:00'), to: march('03T15:00') }],
    };
    const judged = await agent.post('/sla-policies/preview', paused);
    expect(judged.body).toMatchObject({ elapsed: 4 * 3600, compliant: true });
    const never = await agent.post('/sla-policies/preview', {
      ...body,
      calendar: { timeZone: 'UTC', hours: {} },
    });
    expect([never.status, never.body.errors[0].pointer]).toEqual([400, expect.stringMatching(/^\/calendar/)]);
  });
});

describe('The read models', () => {
  it('tell how far they are, to those who operate them', async () => {
    const { items } = await ask(analyst, '/projections');
    expect(items.map(({ name }: { name: string }) => name).sort()).toEqual([
      'complaint-register',
      'satisfaction-facts',
      'sla-facts',
    ]);
    expect((await plumber.get('/projections')).status).toBe(403);
  });

  it('have nothing parked, and are built anew by administrators only', async () => {
    expect(await ask(analyst, '/projections/sla-facts/parked')).toEqual({ items: [], nextCursor: null });
    expect((await analyst.post('/projections/sla-facts/rebuild')).status).toBe(403);
    const admin = apiClient(product.url, await product.token('admin'));
    expect((await admin.post('/projections/nothing/rebuild')).status).toBe(404);
    const rebuilt = await admin.post('/projections/satisfaction-facts/rebuild');
    expect([rebuilt.status, rebuilt.body]).toEqual([
      202,
      { name: 'satisfaction-facts', version: 2, build: 1 },
    ]);
    expect((await admin.post('/projections/satisfaction-facts/parked/none/retry')).status).toBe(404);
  });

  it('that do not get to the caller’s position in time say so', async () => {
    const ahead = `${'9'.repeat(19)}0-${'9'.repeat(19)}0`;
    const answer = await agent.get('/complaints', { 'Consistency-Token': ahead });
    expect([answer.status, answer.body.type]).toEqual([503, '/problems/read-model-behind']);
    expect(answer.headers.get('retry-after')).toBe('1');
  });
});
