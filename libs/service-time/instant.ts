/** A moment as epoch milliseconds. Branded, so that a duration or a local time is never taken for one. */
export type Instant = number & { readonly __brand: 'Instant' };

/** Milliseconds that passed on the wall. */
export type WallMillis = number;

/** Milliseconds during which a calendar was open. */
export type BusinessMillis = number;

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** @throws RangeError if the number is not a whole millisecond that a Date can hold. */
export function instant(epochMilliseconds: number): Instant {
  if (!Number.isInteger(epochMilliseconds) || Math.abs(epochMilliseconds) > 8.64e15) {
    throw new RangeError(`not an instant: ${epochMilliseconds}`);
  }
  return epochMilliseconds as Instant;
}

const ISO_WITH_OFFSET =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads ISO 8601 with an offset. Without one the moment would depend on the machine, so it is refused, as are days
 * that no month has (Date would move 30 February into March in silence).
 */
export function parseInstant(text: string): Instant | undefined {
  const match = ISO_WITH_OFFSET.exec(text);
  if (match === null) return undefined;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (month < 1 || month > 12 || Number(match[3]) > daysInMonth) return undefined;
  const parsed = Date.parse(text);
  return Number.isNaN(parsed) ? undefined : instant(parsed);
}

/** For texts already validated at the edge, such as the times inside events. @throws RangeError */
export function instantOf(text: string): Instant {
  const parsed = parseInstant(text);
  if (parsed === undefined) throw new RangeError(`not an ISO 8601 time with an offset: ${text}`);
  return parsed;
}

const textsKept = 4096;
const keptInstants = new Float64Array(textsKept).fill(NaN);
const keptTexts: string[] = Array.from({ length: textsKept }, () => '');

/** Of the last few thousand moments the text is kept: a complaint's clocks name the same ones with each event. */
export function toIso(at: Instant): string {
  const slot = Math.abs(Math.trunc(at / SECOND)) % textsKept;
  if (keptInstants[slot] === at) return keptTexts[slot] ?? '';
  const text = new Date(at).toISOString();
  keptInstants[slot] = at;
  keptTexts[slot] = text;
  return text;
}

export function plus(at: Instant, milliseconds: number): Instant {
  return (at + milliseconds) as Instant;
}

export function earlier(a: Instant, b: Instant): Instant {
  return a < b ? a : b;
}

export function later(a: Instant, b: Instant): Instant {
  return a > b ? a : b;
}
