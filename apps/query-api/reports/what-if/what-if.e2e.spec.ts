import { sendImport } from '#libs/importing/index.js';
import { apiClient, type ApiClient } from '#libs/testing/api-client.js';
import { removeDataDir, startProductProcess, type ProductProcess } from '#libs/testing/running-product.js';

/*
 * Monday 2 March 2026, office hours 09:00 to 18:00 in Istanbul. Three plumbing complaints (27 business hours) come in at
 * 09:00 UTC: the first is resolved an hour later, the second the day after, the third never.
 */
const march = (at: string): string => `2026-03-${at}:00.000Z`;
const AYSE = { sub: 'ayse', name: 'Ayşe', role: 'agent' };
const PERIOD = { from: march('01T00:00'), to: march('10T00:00') };

function life(externalId: string, resolvedAt?: string): string[] {
  const line = (at: string, command: string, body: object) =>
    JSON.stringify({ command, body, occurredAt: march(at), actor: AYSE, externalId });
  const received = line('02T09:00', 'receive', {
    customer: { ref: externalId, kind: 'owner', name: 'Gülizar Özçelik', phone: '+90 555 123 45 67' },
    channel: 'phone',
    contactedAt: march('02T08:50'),
    callTree: 'defects-plumbing',
    subject: 'Su kaçağı',
    description: 'Mutfakta su damlıyor',
  });
  if (resolvedAt === undefined) return [received];
  const resolve = line(resolvedAt, 'resolve', { outcome: 'explained', explanation: 'Vana kapalıydı' });
  return [received, resolve, line(resolvedAt, 'confirm', {})];
}

let product: ProductProcess;
let analyst: ApiClient;
let position = '';
let inForce: Record<string, unknown>;

async function ask(body: object) {
  const answer = await analyst.post(
    '/reports/what-if',
    { ...PERIOD, ...body },
    { 'Consistency-Token': position },
  );
  return { status: answer.status, body: answer.body };
}

beforeAll(async () => {
  product = await startProductProcess();
  analyst = apiClient(product.url, await product.token('analyst'));
  const token = await product.token('service');
  const lines = [...life('first', '02T10:00'), ...life('second', '03T09:00'), ...life('third')];
  for await (const answer of sendImport({ url: product.url, token }, lines)) {
    if (answer.status === 'refused') throw new Error(JSON.stringify(answer));
    const place = (answer as unknown as { position?: string }).position ?? '';
    if (place > position) position = place;
  }
  const [newest] = (await analyst.get('/sla-policies')).body.items;
  const { version: _v, position: _p, recordedAt: _r, publishedBy: _b, ...definition } = newest;
  inForce = definition;
});
afterAll(async () => {
  await product.stop();
  await removeDataDir(product.dataDir);
});

const strict = (target: string) => ({
  ...inForce,
  resolution: (inForce['resolution'] as { callTree: string }[]).map((line) =>
    line.callTree === 'defects-plumbing' ? { ...line, target } : line,
  ),
});

describe('What-if', () => {
  it('under the policy in force flips nothing and equals the report', async () => {
    const { status, body } = await ask({ policy: inForce });
    expect([status, body.total?.flips, body.flips]).toEqual([
      200,
      { n: 0, toWithin: 0, toLate: 0, other: 0 },
      { items: [], nextCursor: null },
    ]);
    expect(body.total.again).toEqual(body.total.then);
    const query = `from=${PERIOD.from}&to=${PERIOD.to}`;
    const report = (await analyst.get(`/reports/resolution-compliance?${query}`)).body;
    expect(body.total.then).toEqual(report.total);
    expect(body).toMatchObject({ from: PERIOD.from, policy: report.policy, position: report.position });
  });

  it('under a stricter draft names the complaints that flip, page by page, without anything personal', async () => {
    const first = (await ask({ policy: strict('PT2H'), limit: 1, groupBy: ['team', 'month'] })).body;
    expect(first.total).toMatchObject({
      then: { n: 2, within: 2, late: 0, openLate: 1 },
      again: { n: 2, within: 1, late: 1, openLate: 1, max: 9 * 3600 },
      flips: { n: 1, toWithin: 0, toLate: 1, other: 0 },
    });
    expect(first.groups).toMatchObject([{ key: '(none)/2026-03', flips: { n: 1 } }]);
    expect(first.flips).toMatchObject({
      items: [
        {
          then: { verdict: 'within', due: march('05T09:00'), elapsed: 9 * 3600 },
          again: { verdict: 'late', due: march('02T11:00') },
        },
      ],
      nextCursor: null,
    });
    const both = { policy: strict('PT30M'), limit: 1 };
    const one = (await ask(both)).body;
    const two = (await ask({ ...both, cursor: one.flips.nextCursor })).body;
    expect([one.total.flips.n, two.flips.nextCursor]).toEqual([2, null]);
    expect(two.flips.items[0].id).not.toBe(one.flips.items[0].id);
    expect(JSON.stringify([first, one])).not.toMatch(/Gülizar|\+90|kaçağı/);
  });

  it('under a draft calendar, or a stored one by its code, judges by its hours', async () => {
    const hours = { monday: [['12:00', '13:00']], tuesday: [['12:00', '13:00']] };
    const calendar = { timeZone: 'Europe/Istanbul', hours };
    const { body } = await ask({ calendar });
    expect(body.total).toMatchObject({
      again: { n: 2, within: 2, openLate: 0, max: 3600 },
      flips: { n: 1, toWithin: 1 },
    });
    expect(body.flips.items).toMatchObject([{ then: { verdict: 'open-late' }, again: { verdict: 'open' } }]);
    expect((await ask({ calendar: 'always' })).body.total.again).toMatchObject({ max: 24 * 3600 });
    const report = await analyst.get(
      `/reports/resolution-compliance?from=${PERIOD.from}&to=${PERIOD.to}&calendar=always`,
    );
    expect(report.body.differing).toEqual({ n: 0, items: [] });
  });

  it('re-judges registrations', async () => {
    const policy = { ...inForce, registration: { phone: 'PT5M' } };
    const { body } = await ask({ policy, report: 'registration-compliance' });
    expect(body.total).toMatchObject({
      then: { n: 3, within: 3 },
      again: { n: 3, late: 3 },
      flips: { n: 3 },
    });
  });

  it('streams lines to whoever asks for them, the report last', async () => {
    const answer = await fetch(`${product.url}/api/v1/reports/what-if`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await product.token('supervisor')}`,
        'content-type': 'application/json',
        accept: 'application/x-ndjson',
      },
      body: JSON.stringify({ ...PERIOD, policy: strict('PT30M') }),
    });
    expect(answer.headers.get('content-type')).toContain('application/x-ndjson');
    const lines = (await answer.text()).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toEqual([
      'flip',
      'flip',
      'report',
    ]);
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ total: { flips: { n: 2 } } });
  });

  it.each([
    ['nothing to judge by', {}, '/policy'],
    [
      'an unknown node',
      { policy: { resolution: [{ callTree: 'moon', target: 'PT1H' }] } },
      '/policy/resolution/0/callTree',
    ],
    [
      'an absurd target',
      { policy: { resolution: [{ callTree: 'sales', target: 'P999Y' }] } },
      '/policy/resolution/0/target',
    ],
    ['an unknown calendar', { policy: { calendar: 'moon' } }, '/policy/calendar'],
    ['a calendar that never opens', { calendar: { timeZone: 'UTC', hours: {} } }, '/calendar/hours'],
    ['another dimension', { calendar: 'always', groupBy: ['level'] }, '/groupBy'],
    ['an empty period', { calendar: 'always', to: PERIOD.from }, '/from'],
    ['a cursor that was never handed out', { calendar: 'always', cursor: 'x' }, '/cursor'],
  ])('refuses %s', async (_what, body: { policy?: object; calendar?: unknown }, pointer) => {
    const policy = body.policy && { policy: { ...inForce, ...body.policy } };
    const refused = await ask({ ...body, ...policy });
    expect([refused.status, refused.body.errors?.[0].pointer]).toEqual([400, pointer]);
  });

  it('stores nothing, and is for those who count', async () => {
    expect((await analyst.get('/sla-policies?history=true')).body.items).toHaveLength(1);
    const agent = apiClient(product.url, await product.token('agent'));
    expect((await agent.post('/reports/what-if', { calendar: 'always' })).status).toBe(403);
  });
});
