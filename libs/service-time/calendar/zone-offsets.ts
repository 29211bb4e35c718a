import { DAY, HOUR, SECOND } from '../instant.js';

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

function offsetReader(timeZone: string): (at: number) => number {
  // Swedish writes dates as ISO does, so the engine's own parser reads them back, ten times faster than any here.
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  return (at) => {
    const local = Date.parse(`${format.format(at).replace(' ', 'T')}Z`);
    if (Number.isNaN(local)) throw new RangeError(`no local time for ${at} in ${timeZone}`);
    return local - at;
  };
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
