import fc from 'fast-check';
import {
  calendarsAround,
  instantAround,
  minuteAround,
  pausesAround,
  TURNING_POINTS,
  ZONES,
} from './testing/arbitraries.js';
import { everyDay } from './testing/fixtures.js';
import { minuteWalk, walk } from './testing/minute-walk.js';
import {
  CalendarDefinition,
  compileCalendar,
  computeClock,
  DAY,
  Instant,
  MINUTE,
  validateCalendar,
} from './index.js';

/** A zone's change of clocks with something generated around it. */
function around<T>(of: (moment: number) => fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.constantFrom(...TURNING_POINTS).chain(of);
}

const inOrder = (instants: Instant[]): Instant[] => instants.sort((a, b) => a - b);

describe('what holds for every calendar', () => {
  it('generated ones are valid, apart from those without any hours', () => {
    fc.assert(
      fc.property(around(calendarsAround), (definition) => {
        const problems = validateCalendar(definition).filter(({ pointer }) => pointer !== '/hours');
        expect(problems).toEqual([]);
      }),
    );
  });

  it('elapsed time equals a walk from minute to minute by the wall clock', () => {
    fc.assert(
      fc.property(
        around((moment) => fc.tuple(calendarsAround(moment), minuteAround(moment), minuteAround(moment))),
        ([definition, a, b]) => {
          const [from, to] = inOrder([a, b]) as [Instant, Instant];
          expect(compileCalendar(definition).elapsed(from, to)).toBe(walk(minuteWalk(definition), from, to));
        },
      ),
      { numRuns: 120 },
    );
  });

  it('it is open exactly when the wall clock shows open hours, and its open spans say the same', () => {
    fc.assert(
      fc.property(
        around((moment) => fc.tuple(calendarsAround(moment), minuteAround(moment), minuteAround(moment))),
        ([definition, a, b]) => {
          const calendar = compileCalendar(definition);
          const [from, to] = inOrder([a, b]) as [Instant, Instant];
          expect(calendar.isOpen(from)).toBe(minuteWalk(definition)(from));
          const spans = [...calendar.openSpans(from, to)];
          expect(spans.reduce((sum, span) => sum + span.to - span.from, 0)).toBe(calendar.elapsed(from, to));
          spans.forEach((span, index) => {
            expect(span.from).toBeLessThan(span.to);
            expect(span.from).toBeGreaterThan(spans[index - 1]?.to ?? -Infinity);
          });
        },
      ),
      { numRuns: 100 },
    );
  });

  it('elapsed time is additive over split intervals', () => {
    fc.assert(
      fc.property(
        around((moment) =>
          fc.tuple(calendarsAround(moment), fc.array(instantAround(moment), { minLength: 3, maxLength: 3 })),
        ),
        ([definition, instants]) => {
          const calendar = compileCalendar(definition);
          const [a, b, c] = inOrder(instants) as [Instant, Instant, Instant];
          expect(calendar.elapsed(a, b) + calendar.elapsed(b, c)).toBe(calendar.elapsed(a, c));
        },
      ),
    );
  });

  it('due and elapsed are inverse, and due is the earliest such instant', () => {
    fc.assert(
      fc.property(
        around((moment) =>
          fc.tuple(calendarsAround(moment), instantAround(moment), fc.integer({ min: 1, max: 20 * DAY })),
        ),
        ([definition, start, target]) => {
          const calendar = compileCalendar(definition);
          const due = calendar.dueAt(start, target);
          if (!due.found) {
            expect(calendar.elapsed(start, due.searchedUntil)).toBeLessThan(target);
            return;
          }
          expect(calendar.elapsed(start, due.at)).toBe(target);
          expect(calendar.elapsed(start, (due.at - 1) as Instant)).toBe(target - 1);
        },
      ),
    );
  });

  it('changes of the zone neither create nor lose business time: open and closed hours make up the wall', () => {
    const whole = new Map(
      ZONES.map((zone) => [zone as string, compileCalendar(everyDay(zone, [['00:00', '24:00']]))]),
    );
    fc.assert(
      fc.property(
        around((moment) =>
          fc.tuple(
            fc.constantFrom(...ZONES),
            fc.tuple(fc.nat({ max: 47 }), fc.nat({ max: 47 })).filter(([opens, closes]) => opens !== closes),
            fc.tuple(instantAround(moment), instantAround(moment)),
          ),
        ),
        ([zone, [opens, closes], instants]) => {
          const [from, to] = inOrder(instants) as [Instant, Instant];
          const [opening, closing] = [halfHour(opens), halfHour(closes)];
          const open = compileCalendar(everyDay(zone, [[opening, closing]]));
          const closed = compileCalendar(everyDay(zone, [[closing, opening]]));
          expect(open.elapsed(from, to) + closed.elapsed(from, to)).toBe(to - from);
          expect(whole.get(zone)?.elapsed(from, to)).toBe(to - from);
        },
      ),
      { numRuns: 100 },
    );
  });
});

function halfHour(index: number): string {
  return `${String(Math.floor(index / 2)).padStart(2, '0')}:${index % 2 === 0 ? '00' : '30'}`;
}

describe('what holds for every clock', () => {
  const history = around((moment) =>
    fc.record({
      definition: calendarsAround(moment),
      start: minuteAround(moment),
      now: minuteAround(moment),
      pauses: pausesAround(moment),
      target: fc.integer({ min: 1, max: 60 * 60 }).map((minutes) => minutes * MINUTE),
    }),
  );
  const clockOf = (definition: CalendarDefinition) =>
    ({ kind: 'business', calendar: compileCalendar(definition) }) as const;

  it('it counts what a walk from minute to minute counts, on any history of pauses', () => {
    fc.assert(
      fc.property(history, ({ definition, start, now, pauses, target }) => {
        const reading = computeClock({ ...clockOf(definition), start, now, pauses, target });
        expect(reading.elapsed).toBe(walk(minuteWalk(definition), start, now, pauses));
      }),
      { numRuns: 120 },
    );
  });

  it('its due moment is the first at which the walk has counted the target', () => {
    fc.assert(
      fc.property(history, ({ definition, start, pauses, target }) => {
        const { due } = computeClock({ ...clockOf(definition), start, now: start, pauses, target });
        if (due === null || due > start + 7 * DAY) return;
        const isOpen = minuteWalk(definition);
        expect(walk(isOpen, start, due, pauses)).toBe(target);
        expect(walk(isOpen, start, (due - MINUTE) as Instant, pauses)).toBe(target - MINUTE);
      }),
      { numRuns: 100 },
    );
  });

  it('a pause never shortens a deadline', () => {
    fc.assert(
      fc.property(
        around((moment) => fc.tuple(calendarsAround(moment), instantAround(moment), pausesAround(moment))),
        fc.integer({ min: 1, max: 3 * DAY }),
        ([definition, start, pauses], target) => {
          const clock = clockOf(definition);
          const without = computeClock({ ...clock, start, now: start, pauses: pauses.slice(1), target });
          const withIt = computeClock({ ...clock, start, now: start, pauses, target });
          expect(withIt.due ?? Infinity).toBeGreaterThanOrEqual(without.due ?? Infinity);
        },
      ),
    );
  });

  it('its account has no gap and adds up exactly to what it counted', () => {
    fc.assert(
      fc.property(
        around((moment) =>
          fc.tuple(
            calendarsAround(moment),
            instantAround(moment),
            instantAround(moment),
            pausesAround(moment),
            fc.boolean(),
          ),
        ),
        ([definition, start, now, pauses, wall]) => {
          const clock = wall ? ({ kind: 'wall' } as const) : clockOf(definition);
          const { ledger, elapsed } = computeClock({ ...clock, start, now, pauses });
          expect(ledger.reduce((sum, span) => sum + span.counted, 0)).toBe(elapsed);
          let cursor = start;
          for (const span of ledger) {
            expect(span.from).toBe(cursor);
            expect(span.counted).toBe(span.state === 'running' ? span.to - span.from : 0);
            cursor = span.to;
          }
          expect(cursor).toBe(Math.max(start, now));
        },
      ),
    );
  });
});
