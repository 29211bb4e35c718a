import { DAY, HOUR, MINUTE, SECOND } from '../instant.js';

/** Longest target that is taken for serious: ten years of 365.25 days. */
export const LONGEST_DURATION = 3652.5 * DAY;

export type DurationResult =
  { readonly ok: true; readonly milliseconds: number } | { readonly ok: false; readonly reason: string };

const SHAPE = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const CALENDAR_UNITS = /^P(?:\d+W)?[\d.,WD]*\d+[YM]/;

/**
 * ISO 8601 durations of fixed length. A day is 24 hours and a week 168 hours of the clock's own kind: on a calendar that
 * is open nine hours a day, P1D is two days and six hours of work, so PT9H is what "one working day" should say.
 */
export function parseDuration(text: string, options: { readonly allowZero?: boolean } = {}): DurationResult {
  const refuse = (reason: string): DurationResult => ({ ok: false, reason });
  if (/^-|^P.*-/.test(text)) return refuse(`${text} is negative`);
  if (CALENDAR_UNITS.test(text)) {
    return refuse(`${text} has years or months, whose length varies; write days (P30D)`);
  }
  if (/\d[.,]\d/.test(text))
    return refuse(`${text} has a fraction; write the smaller unit (PT90M, not PT1.5H)`);
  const match = SHAPE.exec(text);
  if (match === null || text === 'P' || text.endsWith('T')) {
    return refuse(`${text.slice(0, 40)} is not an ISO 8601 duration such as PT4H, PT30M or P2D`);
  }
  const [weeks, days, hours, minutes, seconds] = match
    .slice(1)
    .map((part: string | undefined) => Number(part ?? 0));
  const milliseconds =
    ((weeks ?? 0) * 7 + (days ?? 0)) * DAY +
    (hours ?? 0) * HOUR +
    (minutes ?? 0) * MINUTE +
    (seconds ?? 0) * SECOND;
  if (milliseconds === 0 && options.allowZero !== true) return refuse(`${text} is zero`);
  if (milliseconds > LONGEST_DURATION) return refuse(`${text} is longer than ten years`);
  return { ok: true, milliseconds };
}

/** For durations already validated, such as those inside events. @throws RangeError */
export function durationOf(text: string): number {
  const result = parseDuration(text, { allowZero: true });
  if (!result.ok) throw new RangeError(result.reason);
  return result.milliseconds;
}

/** The shortest exact spelling in hours, minutes and seconds: 5,400,000 → PT1H30M. Milliseconds are a fraction of seconds. */
export function formatDuration(milliseconds: number): string {
  const hours = Math.floor(milliseconds / HOUR);
  const minutes = Math.floor((milliseconds % HOUR) / MINUTE);
  const seconds = (milliseconds % MINUTE) / SECOND;
  if (milliseconds === 0) return 'PT0S';
  return `PT${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${seconds > 0 ? `${seconds}S` : ''}`;
}
