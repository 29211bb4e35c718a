import { CalendarDefinition } from '../calendar/calendar-definition.js';
import { DAY, Instant, MINUTE } from '../instant.js';
import { Pause } from '../clocks/clock-input.js';

/**
 * The slow and obvious way, which shares no code with the calendar: ask the wall clock of the zone what time it is at
 * every minute, and the definition whether it is open at that time.
 */
export function minuteWalk(definition: CalendarDefinition): (at: Instant) => boolean {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: definition.timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  return (at) => {
    const [date = '', time = ''] = format.format(at).split(' ');
    const dayBefore = new Date(Date.parse(`${date}T00:00Z`) - DAY).toISOString().slice(0, 10);
    return (
      hoursOf(definition, date).some(([from, to]) => time >= from && (to <= from || time < to)) ||
      hoursOf(definition, dayBefore).some(([from, to]) => to <= from && time < to)
    );
  };
}

const ENGLISH = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

function hoursOf(definition: CalendarDefinition, date: string): readonly (readonly [string, string])[] {
  const exception = definition.exceptions?.find((one) => one.date === date);
  if (exception !== undefined) return exception.hours;
  const weekday = ENGLISH[new Date(`${date}T00:00Z`).getUTCDay()] ?? 'sunday';
  const usual = definition.hours[weekday] ?? [];
  const holiday = definition.publicHolidays?.find((one) => one.date === date);
  if (holiday === undefined) return usual;
  const closing = holiday.closedFrom;
  if (closing === undefined) return [];
  // String comparison of HH:MM; a span past midnight ends after any closing hour of its day.
  return usual
    .filter(([from]) => from < closing)
    .map(([from, to]) => [from, to <= from || to > closing ? closing : to] as const);
}

/** Minutes counted between two whole minutes. */
export function walk(
  isOpen: (at: Instant) => boolean,
  from: Instant,
  to: Instant,
  pauses: readonly Pause[] = [],
): number {
  let counted = 0;
  for (let at = from; at < to; at = (at + MINUTE) as Instant) {
    const paused = pauses.some((pause) => pause.from <= at && (pause.to === undefined || at < pause.to));
    if (!paused && isOpen(at)) counted += MINUTE;
  }
  return counted;
}
