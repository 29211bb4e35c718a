import type { ApiClient } from '#libs/testing/api-client.js';
import { THREE_COMPLAINTS } from '#libs/testing/three-complaints.js';
import { AYSE, line, march, MARCH, receive, ToldProduct } from '#libs/testing/told-product.js';

let told: ToldProduct;
let plumber: ApiClient;
let analyst: ApiClient;

beforeAll(async () => {
  told = await ToldProduct.start();
  plumber = await told.as('officer', 'plumbing');
  analyst = await told.as('analyst');
  await told.tell(THREE_COMPLAINTS);
});
afterAll(() => told.stop());

describe('A report', () => {
  it('judges registrations by channel', async () => {
    const report = await told.ask(analyst, `/reports/registration-compliance?${MARCH}`);
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
    const { total, groups, calendar } = await told.ask(
      analyst,
      `/reports/resolution-compliance?${MARCH}&depth=1&calendar=always`,
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
    const { groups } = await told.ask(analyst, `/reports/satisfaction?${MARCH}`);
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
    const workload = await told.ask(analyst, `/reports/workload?${MARCH}`);
    expect(workload.groups).toMatchObject([
      { key: 'plumbing', open: 0, arrived: 1, resolved: 1 },
      { key: '(none)', open: 2, openLate: 2, arrived: 3, passedOn: 1, ageing: { '14-30': 2 } },
    ]);
    const causes = await told.ask(analyst, `/reports/root-causes?${MARCH}`);
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
    const paths = kinds.map((kind) => `/reports/${kind}${kind.includes('?') ? '&' : '?'}${MARCH}`);
    const live = [];
    for (const path of paths) live.push(await told.ask(analyst, path));
    await new Promise((resolve) => setTimeout(resolve, 5));
    const then = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await told.tell([
      line('case-2', '06T10:00', AYSE, 'route', { team: 'electrical' }),
      receive('case-4', '07T10:00'),
      line('case-3', '09T10:00', AYSE, 'withdraw', { reason: 'Vazgeçti' }),
    ]);
    for (const [index, path] of paths.entries()) {
      const { asOf, ...past } = await told.ask(analyst, `${path}&asOf=${then}`);
      const { asOf: _now, ...atThatTime } = live[index];
      // The position told is how far the read model was, which may lie behind a configuration event.
      expect({ path, ...past, position: '' }).toEqual({ path, ...atThatTime, position: '' });
      expect(asOf).toBe(then);
    }
    expect((await told.ask(analyst, paths[0]!)).total.n).toBe(4);
  });

  it('comes as CSV in which no text is a formula, and as a spreadsheet', async () => {
    const path = `/reports/registration-compliance?${MARCH}&groupBy=project`;
    const csv = await told.ask(analyst, `${path}&format=csv`);
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
