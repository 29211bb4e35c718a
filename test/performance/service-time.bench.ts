/** Figures of the time library: `npm run bench:time`. One process, nothing else needed; a few seconds. */
import {
  ALWAYS_OPEN,
  CalendarDefinition,
  clocksOfCycle,
  compileCalendar,
  compilePolicy,
  computeClock,
  CycleFacts,
  DAY,
  HOUR,
  Instant,
  instantOf,
  MINUTE,
  verdictsOfCycle,
} from '#libs/service-time/index.js';
import { zoneOffsets } from '#libs/service-time/calendar/zone-offsets.js';
import { withPublicHolidays } from '#libs/service-time/holidays/index.js';

const HOURS: [string, string][] = [
  ['09:00', '12:30'],
  ['13:30', '18:00'],
];

function definitionIn(timeZone: string): CalendarDefinition {
  return withPublicHolidays(
    {
      names: { tr: 'Takvim', en: 'Calendar' },
      timeZone,
      hours: { monday: HOURS, tuesday: HOURS, wednesday: HOURS, thursday: HOURS, friday: HOURS },
      holidays: { country: 'TR' },
    },
    2026,
  );
}

/** Processor time, so that a busy machine does not blur the figure; the work is on one thread and never waits. */
function measure(what: string, work: () => void): void {
  const begin = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begin);
  console.log(`${what.padEnd(72)} ${((user + system) / 1000).toFixed(2)} ms`);
}

const start = instantOf('2026-01-05T09:00:00+03:00');
const tenYears = 10 * 52 * 40 * HOUR;

const ZONES = ['Berlin', 'Rome', 'Paris', 'Madrid', 'London', 'Vienna', 'Athens', 'Oslo', 'Prague', 'Warsaw'];
const definitions = ZONES.map((city) => definitionIn(`Europe/${city}`));
const [cold = definitionIn('UTC')] = definitions;
measure('the first time zone of the process (ICU loads its data)', () => {
  zoneOffsets('America/New_York')(2026);
});
measure('the first calendar of the process: compile, a due moment ten years away', () => {
  compileCalendar(cold).dueAt(start, tenYears);
});
measure('nine more calendars in nine more zones, ten years away each', () => {
  for (const definition of definitions.slice(1)) compileCalendar(definition).dueAt(start, tenYears);
});
measure('nine more calendars in zones already known, ten years away each', () => {
  for (const definition of definitions.slice(1)) compileCalendar(definition).dueAt(start, tenYears);
});
const calendar = compileCalendar(definitionIn('Europe/Istanbul'));
calendar.dueAt(start, tenYears);
measure('warm: a due moment ten years away, 1,000 times', () => {
  for (let run = 0; run < 1000; run++) calendar.dueAt((start + run * MINUTE) as Instant, tenYears);
});
measure('100,000 elapsed times of up to 90 days', () => {
  let sum = 0;
  for (let run = 0; run < 100_000; run++) {
    const from = (start + run * 37 * MINUTE) as Instant;
    sum += calendar.elapsed(from, (from + (run % 90) * DAY) as Instant);
  }
  if (sum === 0) throw new Error('nothing was counted');
});
measure('cold: elapsed over 300 years', () => {
  compileCalendar(cold).elapsed(instantOf('1900-01-01T00:00:00Z'), instantOf('2199-12-31T00:00:00Z'));
});
measure('the account of a clock of ten years, wall and business', () => {
  const ten = { start, now: (start + 3650 * DAY) as Instant };
  computeClock({ kind: 'business', calendar, ...ten });
  computeClock({ kind: 'wall', ...ten });
  ALWAYS_OPEN.isOpen(start);
});

const policy = compilePolicy({
  calendar: 'office',
  registration: { phone: 'PT15M' },
  resolution: [{ callTree: 'building', target: 'PT16H' }],
  approval: 'PT8H',
  survey: 'PT16H',
  escalation: [
    { level: 1, at: '80%', notify: ['team'] },
    { level: 2, at: 'PT0S after', notify: ['supervisor'] },
  ],
  reopenWindow: 'P14D',
  surveyAttempts: 3,
});
const rules = { policy, calendar, pathOfNode: () => ['plumbing', 'building'] };

function cycleOf(index: number): CycleFacts {
  const received = (start + index * 7 * MINUTE) as Instant;
  const after = (hours: number) => ({ at: (received + hours * HOUR) as Instant });
  return {
    cycle: 1,
    channel: 'phone',
    contactedAt: received,
    receivedAt: after(0.1),
    started: after(0.1),
    placements: [{ ...after(0.1), callTree: 'plumbing', priority: 'normal' }],
    pauses: [{ from: after(5).at, to: after(20).at }],
    resolutions: [{ ...after(40), verdict: 'accepted', decided: after(60) }],
    closed: after(61),
    surveyed: after(90),
  };
}
const cycles = Array.from({ length: 100_000 }, (_, index) => cycleOf(index));
const now = (start + 900 * DAY) as Instant;
measure('verdicts of 100,000 cycles (registration, resolution, approval, survey)', () => {
  for (const facts of cycles) verdictsOfCycle(facts, rules, now);
});
measure('clocks with accounts and escalation moments of 10,000 cycles', () => {
  for (const facts of cycles.slice(0, 10_000)) clocksOfCycle(facts, rules, now);
});
