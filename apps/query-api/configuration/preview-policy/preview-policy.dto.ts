import type { CalendarData, DayHours } from '#libs/event-contracts/index.js';
import { field, isCode, IsIsoDuration, IsIsoInstant, IsListOf } from '#libs/http/index.js';

/** The body of a calendar, without its names. */
export type CalendarDraft = Pick<CalendarData, 'timeZone' | 'hours' | 'holidays' | 'exceptions'>;

const MOST_SPANS = 24;
const MOST_EXCEPTIONS = 5000;

/** Only the shape; the calendar's own rules say the rest, with pointers. */
function isCalendarDraft(value: unknown): value is CalendarDraft {
  if (!isObject(value) || typeof value['timeZone'] !== 'string' || !isObject(value['hours'])) return false;
  const { holidays, exceptions = [], names } = value;
  return (
    Object.keys(value).every((key) =>
      ['names', 'timeZone', 'hours', 'holidays', 'exceptions'].includes(key),
    ) &&
    Object.values(value['hours']).every(isSpans) &&
    (names === undefined || isObject(names)) &&
    (holidays === undefined || (isObject(holidays) && isPlace(holidays))) &&
    Array.isArray(exceptions) &&
    exceptions.length <= MOST_EXCEPTIONS &&
    exceptions.every((one) => isObject(one) && typeof one['date'] === 'string' && isSpans(one['hours']))
  );
}

function isPlace({ country, region }: Record<string, unknown>): boolean {
  return typeof country === 'string' && (region === undefined || typeof region === 'string');
}

function isSpans(value: unknown): value is DayHours {
  return (
    Array.isArray(value) &&
    value.length <= MOST_SPANS &&
    value.every(
      (span) => Array.isArray(span) && span.length === 2 && span.every((time) => typeof time === 'string'),
    )
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export class PreviewPauseDto {
  @IsIsoInstant()
  from!: string;

  @IsIsoInstant({ optional: true, description: 'Left out: it still goes on' })
  to?: string;
}

export class PreviewPolicyDto {
  @field(
    {
      name: 'isCalendar',
      message: 'must be the code of a calendar, or the body of one (timeZone, hours, holidays, exceptions)',
      test: (value) => isCode(value) || isCalendarDraft(value),
      schema: { oneOf: [{ type: 'string' }, { type: 'object', additionalProperties: true }] },
    },
    { example: 'default' },
  )
  calendar!: string | CalendarDraft;

  @IsIsoDuration({ description: 'Business time', example: 'PT9H' })
  target!: string;

  @IsIsoInstant({ example: '2026-03-06T16:00:00+03:00' })
  start!: string;

  @IsIsoInstant({ optional: true, description: 'Left out: the account runs to the due moment' })
  end?: string;

  @IsListOf(() => PreviewPauseDto, { optional: true, max: 1000 })
  pauses?: PreviewPauseDto[];
}
