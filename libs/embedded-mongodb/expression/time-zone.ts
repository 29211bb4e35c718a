import { failAt } from '../errors.js';

const formatters = new Map<string, Intl.DateTimeFormat>();
const mostZones = 600;

/** Milliseconds to add to UTC for the zone's wall clock at that instant. */
export function offsetAt(zone: string | undefined, ms: number): number {
  if (zone === undefined || zone === 'UTC' || zone === 'GMT' || zone === 'Z') return 0;
  const fixed = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (fixed) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3] ?? 0);
    return (fixed[1] === '-' ? -minutes : minutes) * 60_000;
  }
  const parts = formatterOf(zone).formatToParts(ms);
  const part = (type: string) => Number(parts.find((found) => found.type === type)?.value);
  const wall = Date.UTC(2000, part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  // Years below 100 would be taken for the twentieth century.
  const year = new Date(wall);
  year.setUTCFullYear(part('year'), part('month') - 1, part('day'));
  return year.getTime() - Math.floor(ms / 1000) * 1000;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(zone);
  if (!formatter) {
    try {
      formatter = new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        hourCycle: 'h23',
        calendar: 'gregory',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    } catch {
      throw failAt(40485, `unrecognized time zone identifier: "${zone}"`);
    }
    if (formatters.size >= mostZones) formatters.clear();
    formatters.set(zone, formatter);
  }
  return formatter;
}

/** The instant at which the zone's clocks show the wall time; the earlier one where they show it twice. */
export function fromWall(zone: string | undefined, wall: number): number {
  const guess = wall - offsetAt(zone, wall);
  const earlier = wall - offsetAt(zone, guess - 3 * 3_600_000);
  if (earlier + offsetAt(zone, earlier) === wall) return earlier;
  return wall - offsetAt(zone, guess);
}
