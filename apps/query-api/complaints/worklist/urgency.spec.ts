import { daysOf, URGENCIES, urgencyOf } from './urgency.js';

const NOW = '2026-11-26T12:00:00.000Z';
const NEXT_DAY = '2026-11-26T21:00:00.000Z';
const days = daysOf(NOW, NEXT_DAY);

describe('The urgency of work', () => {
  it.each([
    ['is overdue a millisecond after its due moment', '2026-11-26T11:59:59.999Z', 'overdue'],
    ['is due today at its due moment', NOW, 'due-today'],
    ['is due today up to the last millisecond of the day', '2026-11-26T20:59:59.999Z', 'due-today'],
    ['is open from tomorrow on', NEXT_DAY, 'open'],
    ['is open without a due moment', null, 'open'],
  ])('%s', (_, due, urgency) => {
    expect(urgencyOf(due, days)).toBe(urgency);
  });

  it('puts every moment into exactly one of the ranges that lists are narrowed by', () => {
    expect(days).toEqual({
      overdue: { to: NOW },
      'due-today': { from: NOW, to: NEXT_DAY },
      open: { from: NEXT_DAY },
    });
    expect(Object.keys(days).sort()).toEqual([...URGENCIES].sort());
  });
});
