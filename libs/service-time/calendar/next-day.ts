import { DAY, Instant } from '../instant.js';
import { zoneOffsets } from './zone-offsets.js';

/** The first instant at which a zone's calendar shows a later date than at the given one. */
export function nextDayIn(timeZone: string, at: Instant): Instant {
  const offsets = zoneOffsets(timeZone);
  let nextDay: number | undefined;
  // A year that ends before its zone's midnight goes on in the next.
  for (let year = new Date(at).getUTCFullYear(); ; year++) {
    for (const { from, to, offset } of offsets(year)) {
      if (to <= at) continue;
      nextDay ??= (Math.floor((at + offset) / DAY) + 1) * DAY;
      const first = Math.max(nextDay - offset, from);
      if (first < to) return first as Instant;
    }
  }
}
