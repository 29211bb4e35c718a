import { reportTable } from './report-table.js';

describe('A report as a table', () => {
  it('has a column per dimension and figure, a row per group, and the total last', () => {
    const total = { n: 3, overall: { mean: 4, topTwoBox: { share: null } }, distribution: [1, 2] };
    const group = { key: 'plumbing/2026-03', keys: { team: 'plumbing', month: '2026-03' }, ...total, n: 2 };
    const table = reportTable(['team', 'month'], total, [group]);
    expect(table).toEqual({
      columns: [
        'team',
        'month',
        'n',
        'overall.mean',
        'overall.topTwoBox.share',
        'distribution.1',
        'distribution.2',
      ],
      rows: [
        ['plumbing', '2026-03', 2, 4, null, 1, 2],
        ['TOTAL', null, 3, 4, null, 1, 2],
      ],
    });
  });

  it('has the names of codes beside them, where they are known', () => {
    const roof = { key: 'roof/2026-03', keys: { team: 'roof', month: '2026-03' }, n: 2 };
    const named = { ...roof, names: { team: { tr: 'Çatı', en: 'Roofs' } } };
    const none = {
      key: '(none)/2026-03',
      keys: { team: null, month: '2026-03' },
      names: { team: null },
      n: 1,
    };
    const table = reportTable(['month', 'team'], { n: 3 }, [named, none]);
    expect(table).toEqual({
      columns: ['month', 'team', 'team.tr', 'team.en', 'n'],
      rows: [
        ['2026-03', 'roof', 'Çatı', 'Roofs', 2],
        ['2026-03', null, null, null, 1],
        ['TOTAL', null, null, null, 3],
      ],
    });
  });

  it('has the columns of figures that only some groups have', () => {
    const group = { key: '1', keys: { level: '1' }, n: 1, byLevel: { 1: 1 } };
    const table = reportTable(['level'], { n: 1 }, [group]);
    expect(table.columns).toEqual(['level', 'n', 'byLevel.1']);
    expect(table.rows[1]).toEqual(['TOTAL', 1, null]);
  });
});
