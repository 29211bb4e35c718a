const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Istanbul keeps UTC+3 all year; a story needs no more of a calendar than that. */
const OFFSET = 3 * HOUR;
const OPENS = 9 * HOUR;
const CLOSES = 18 * HOUR;

function isWorkday(localDay: number): boolean {
  const weekday = (Math.floor(localDay / DAY) + 4) % 7;
  return weekday !== 0 && weekday !== 6;
}

/** The moment at which so many working hours (Monday to Friday, 9 to 18) have gone by since `from`. */
export function afterWorkingHours(from: number, hours: number): number {
  let left = hours * HOUR;
  let local = from + OFFSET;
  for (;;) {
    const day = Math.floor(local / DAY) * DAY;
    const begin = Math.max(local, day + OPENS);
    const room = isWorkday(day) ? day + CLOSES - begin : 0;
    if (room > 0 && left < room) return begin + left - OFFSET;
    left -= Math.max(0, room);
    local = day + DAY;
  }
}
