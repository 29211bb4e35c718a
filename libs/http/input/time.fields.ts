import { parseDuration, parseInstant } from '#libs/service-time/index.js';
import { field, type FieldOptions } from './field.js';

/** ISO 8601 with an offset: without one the moment would depend on who reads it. */
export function IsIsoInstant(options: FieldOptions = {}): PropertyDecorator {
  return field(
    {
      name: 'isIsoInstant',
      message: 'must be an ISO 8601 time from 1970 on with an offset, such as 2026-03-01T09:30:00+03:00',
      test: isInstant,
      schema: { type: String, format: 'date-time' },
    },
    options,
  );
}

/** The first moment, in UTC, that needs five digits for its year: as text it would sort before all others. */
const YEAR_10000 = Date.UTC(10_000, 0);

/** Before 1970 nothing was complained about; a misread year would otherwise pass as a fact. */
export function isInstant(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 40) return false;
  const instant = parseInstant(value) ?? -1;
  return instant >= 0 && instant < YEAR_10000;
}

/** ISO 8601 in units of fixed length (weeks, days, hours, minutes, seconds). */
export function IsIsoDuration(options: FieldOptions = {}): PropertyDecorator {
  return field(
    {
      name: 'isIsoDuration',
      message:
        'must be an ISO 8601 duration in whole weeks, days, hours, minutes or seconds, above zero and at most ten years, such as PT4H or P2D (years and months vary in length)',
      test: (value) => typeof value === 'string' && value.length <= 40 && parseDuration(value).ok,
      schema: { type: String, format: 'duration', example: 'PT4H' },
    },
    options,
  );
}
