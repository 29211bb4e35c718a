import { sheetsOf } from '#libs/testing/workbook.js';
import type { ReportBody } from './report.query.js';
import { reportFile } from './report-file.js';

function report(...projects: readonly string[]): ReportBody {
  return {
    from: '2026-03-01T00:00:00.000Z',
    to: '2026-04-01T00:00:00.000Z',
    asOf: null,
    position: null,
    policy: { inForce: 1 },
    groupBy: ['project'],
    timeZone: 'Europe/Istanbul',
    total: { n: projects.length, mean: 0.1 + 0.2 },
    groups: projects.map((project) => ({ key: project, keys: { project }, n: 1, mean: null })),
  };
}

async function linesOf(...projects: readonly string[]): Promise<string[]> {
  const { content } = await reportFile('registration-compliance', report(...projects), 'csv');
  return content.toString('utf8').split('\r\n');
}

describe('A report as CSV', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(1)', '\tA', '\rA'])('holds the text %j as no formula', async (text) => {
    const [, row] = await linesOf(text);
    expect(row).toMatch(/^"?'/);
    expect(row).toContain(text);
  });

  it('keeps quotes, separators and Turkish letters, after a mark of UTF-8', async () => {
    const [header, row] = await linesOf('Çamlıca, "Işık" Şehri');
    expect(header).toBe('\uFEFFproject,n,mean');
    expect(row).toBe('"Çamlıca, ""Işık"" Şehri",1,');
  });

  it('rounds nothing, and ends with the total', async () => {
    expect((await linesOf('İzmir')).slice(2)).toEqual(['TOTAL,1,0.30000000000000004', '']);
  });
});

describe('The name of a report’s file', () => {
  it('has the days on which the period begins and ends in the zone of the report', async () => {
    const october = { from: '2026-09-30T21:00:00.000Z', to: '2026-10-31T21:00:00.000Z' };
    const { name } = await reportFile('workload', { ...report('x'), ...october }, 'csv');
    expect(name).toBe('workload-2026-10-01-2026-11-01.csv');
  });
});

describe('A report as a workbook', () => {
  it('has its figures as numbers, texts as texts, nothing where there is nothing, and says what it is of', async () => {
    const { content } = await reportFile('workload', report('=1+1'), 'xlsx');
    const sheets = sheetsOf(content);
    expect([...sheets.keys()]).toEqual(['workload', 'about']);
    expect(sheets.get('workload')).toEqual([
      ['project', 'n', 'mean'],
      ['=1+1', 1],
      ['TOTAL', 1, 0.1 + 0.2],
    ]);
    expect(sheets.get('about')).toEqual(
      expect.arrayContaining([
        ['report', 'workload'],
        ['from', '2026-03-01T00:00:00.000Z'],
        ['to (excluded)', '2026-04-01T00:00:00.000Z'],
        ['policy in force', 1],
      ]),
    );
  });
});
