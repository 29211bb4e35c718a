import { demoHistories } from '#libs/testing/demo-histories.js';
import { demoComplaints } from './index.js';

const UNTIL = Date.parse('2026-06-15T09:00:00.000Z');

describe('demo complaints', () => {
  it('obey every rule of the domain and reach every status', () => {
    const statuses = new Set<string>();
    for (const { state } of demoHistories(600, UNTIL)) {
      if (state.exists) statuses.add(state.status);
    }
    expect([...statuses].sort()).toEqual(
      ['closed', 'confirmed', 'open', 'received', 'resolved', 'routed', 'surveyed', 'withdrawn'].sort(),
    );
  });

  it('have among them some that were re-opened', () => {
    const cycles = [...demoHistories(600, UNTIL)].map(({ state }) => (state.exists ? state.cycle : 0));
    expect(cycles.filter((cycle) => cycle === 2).length).toBeGreaterThan(10);
  });

  it('are told the same way twice', () => {
    expect([...demoComplaints(20, UNTIL)]).toEqual([...demoComplaints(20, UNTIL)]);
  });

  it('span ninety days and two languages', () => {
    const received = [...demoComplaints(200, UNTIL)].map(([first]) => first!);
    const days = (UNTIL - Date.parse(String(received[0]!.body['contactedAt']))) / 86_400_000;
    expect(days).toBeGreaterThan(80);
    const locales = received.map(({ body }) => (body['customer'] as { locale: string }).locale);
    expect(new Set(locales)).toEqual(new Set(['tr-TR', 'en-GB']));
  });
});
