import { MINUTE } from '../instant.js';

/** Milliseconds since local midnight by the wall clock, 0 to 86,400,000. */
export type TimeOfDay = number;

export const MIDNIGHT_AFTER: TimeOfDay = 24 * 60 * MINUTE;

const SHAPE = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** HH:MM, with 24:00 for the end of the day. */
export function parseTimeOfDay(text: string): TimeOfDay | undefined {
  if (text === '24:00') return MIDNIGHT_AFTER;
  const match = SHAPE.exec(text);
  return match === null ? undefined : (Number(match[1]) * 60 + Number(match[2])) * MINUTE;
}
