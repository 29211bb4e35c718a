import type { DayHours, Weekday } from '#libs/event-contracts/index.js';
import { type FieldOptions, IsListOf, IsNested, IsText, field } from '#libs/http/index.js';
import { NamesDto } from './definition.dtos.js';

const SPANS = {
  type: 'array',
  items: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 2 },
} as const;
const MOST_SPANS = 24;

function isSpans(value: unknown): value is DayHours {
  return (
    Array.isArray(value) &&
    value.length <= MOST_SPANS &&
    value.every(
      (span) =>
        Array.isArray(span) &&
        span.length === 2 &&
        span.every((time) => typeof time === 'string' && time.length <= 5),
    )
  );
}

function IsSpans(options: FieldOptions = {}): PropertyDecorator {
  return field(
    {
      name: 'isSpans',
      message: `must be a list of at most ${MOST_SPANS} spans such as ["09:00","12:30"]; an empty list is a closed day`,
      test: isSpans,
      schema: SPANS,
    },
    options,
  );
}

function IsWeek(): PropertyDecorator {
  return field(
    {
      name: 'isWeek',
      message: 'must give each open weekday (monday … sunday) its list of spans; a day left out is closed',
      test: (value) =>
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        Object.values(value).every(isSpans),
      schema: { type: 'object', additionalProperties: SPANS },
    },
    { example: { monday: [['09:00', '12:30'], ['13:30', '18:00']] } }, // prettier-ignore
  );
}

export class HolidaysDto {
  @IsText({ max: 2, description: 'ISO 3166-1 alpha-2', example: 'TR' })
  country!: string;

  @IsText({ max: 20, optional: true, description: 'ISO 3166-2 without the country', example: 'BY' })
  region?: string;
}

export class CalendarExceptionDto {
  @IsText({ max: 10, example: '2026-05-29' })
  date!: string;

  @IsSpans({ description: 'Empty: closed all day.', example: [] })
  hours!: DayHours;

  @IsText({ max: 200, optional: true, example: 'İdari izin' })
  name?: string;
}

export class CalendarDto {
  @IsNested(() => NamesDto)
  names!: NamesDto;

  @IsText({ max: 64, description: 'IANA time zone', example: 'Europe/Istanbul' })
  timeZone!: string;

  @IsWeek()
  hours!: Partial<Record<Weekday, DayHours>>;

  @IsNested(() => HolidaysDto, { optional: true })
  holidays?: HolidaysDto;

  @IsListOf(() => CalendarExceptionDto, { optional: true, max: 5000 })
  exceptions?: CalendarExceptionDto[];
}
