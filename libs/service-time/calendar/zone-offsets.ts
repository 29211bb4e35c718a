import { DAY, SECOND } from '../instant.js';

/** A stretch of time with one offset: local wall time = instant + offset. */
export interface OffsetSegment {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** The offsets of one zone in one UTC year, in order, without a gap. */
export type ZoneOffsets = (year: number) => readonly OffsetSegment[];

/**
 * How far apart offsets are probed. Since 1970 no zone has kept an offset for less than seven days (Boa Vista and
 * Noronha, October 2000), so every transition shows between two probes.
 */
const PROBE = 5 * DAY;

const FIELDS = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)$/;

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
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const match = FIELDS.exec(format.format(at));
    if (match === null) throw new RangeError(`no local time for ${at} in ${timeZone}`);
    const [month, day, year, hour, minute, second] = match.slice(1).map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return Date.UTC(year, month - 1, day, hour, minute, second) - at;
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

/** Bisection to the second: zones have never changed within one. */
function firstInstantWithout(
  offset: number,
  offsetAt: (at: number) => number,
  still: number,
  changed: number,
): number {
  let low = still / SECOND;
  let high = changed / SECOND;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * SECOND) === offset) low = middle;
    else high = middle;
  }
  return high * SECOND;
}
