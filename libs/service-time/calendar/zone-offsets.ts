import { DAY, HOUR, MINUTE, SECOND } from '../instant.js';

/** A stretch of time with one offset: local wall time = instant + offset. */
export interface OffsetSegment {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** The offsets of one zone in one UTC year, in order, without a gap. */
export type ZoneOffsets = (year: number) => readonly OffsetSegment[];

/**
 * How far apart offsets are probed. Since 1970 no zone has kept an offset for less than 6 days 23 hours (Boa Vista and
 * Noronha, October 2000), so every transition shows between two probes.
 */
const PROBE = 6.5 * DAY;

// One entry per IANA zone name that passed validation, a few kilobytes each: bounded by the zone database.
const zones = new Map<string, ZoneOffsets>();

export function isTimeZone(name: string): boolean {
  // Intl also takes offsets such as +03:00. A calendar wants a zone with a history.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The zone's rules as the runtime's own zone database knows them, found by search and remembered per year. */
export function zoneOffsets(timeZone: string): ZoneOffsets {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  const offsetAt = offsetReader(timeZone);
  const years = new Map<number, readonly OffsetSegment[]>();
  const offsets: ZoneOffsets = (year) => {
    let segments = years.get(year);
    if (segments === undefined) {
      segments = segmentsOf(offsetAt, Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
      years.set(year, segments);
    }
    return segments;
  };
  zones.set(timeZone, offsets);
  return offsets;
}

/**
 * Formatting is what probing costs, so only what tells an offset is asked for: local and UTC days are never more than
 * one apart.
 */
function offsetReader(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (at) => {
    const [day, hour, minute, second] = numbersIn(format.format(at));
    const apart = day - new Date(at).getUTCDate();
    const days = apart > 1 ? -1 : apart < -1 ? 1 : apart;
    const local = days * DAY + hour * HOUR + minute * MINUTE + second * SECOND;
    return local - (((at % DAY) + DAY) % DAY);
  };
}

/** The first four numbers of a text, whatever stands between them. */
function numbersIn(text: string): [number, number, number, number] {
  const found: [number, number, number, number] = [0, 0, 0, 0];
  let index = -1;
  let inNumber = false;
  for (let position = 0; position < text.length; position++) {
    const digit = text.charCodeAt(position) - 48;
    const isDigit = digit >= 0 && digit <= 9;
    if (isDigit) {
      if (!inNumber) index++;
      found[index as 0] = found[index as 0] * 10 + digit;
    }
    inNumber = isDigit;
  }
  return found;
}

function segmentsOf(offsetAt: (at: number) => number, begin: number, end: number): OffsetSegment[] {
  const segments: OffsetSegment[] = [];
  let from = begin;
  let offset = offsetAt(begin);
  for (let probe = begin; probe < end;) {
    const next = Math.min(probe + PROBE, end);
    const nextOffset = offsetAt(next);
    if (nextOffset !== offset) {
      const change = firstInstantWithout(offset, offsetAt, probe, next);
      segments.push({ from, to: change, offset });
      from = change;
      offset = nextOffset;
    }
    probe = next;
  }
  if (from < end) segments.push({ from, to: end, offset });
  return segments;
}

/**
 * Zones have never changed within a second, and nearly always on the hour: so bisection goes to the hour first, and on
 * to the second only if the hour's last second is not the old offset's.
 */
function firstInstantWithout(
  offset: number,
  offsetAt: (at: number) => number,
  still: number,
  changed: number,
): number {
  const isOld = (at: number): boolean => offsetAt(at) === offset;
  const hour = bisect(isOld, still, changed, HOUR);
  return isOld(hour - SECOND) ? hour : bisect(isOld, hour - HOUR, hour, SECOND);
}

/** The first multiple of `step` after `low` for which the condition no longer holds; it holds at `low`, not at `high`. */
function bisect(holds: (at: number) => boolean, low: number, high: number, step: number): number {
  let last = low / step;
  let first = high / step;
  while (first - last > 1) {
    const middle = Math.floor((last + first) / 2);
    if (holds(middle * step)) last = middle;
    else first = middle;
  }
  return first * step;
}
