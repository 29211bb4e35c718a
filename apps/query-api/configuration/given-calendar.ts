import type { ConfigurationModel } from '#libs/configuration-model/index.js';
import type { CalendarData, DayHours } from '#libs/event-contracts/index.js';
import { field, isCode, ProblemError, type FieldOptions } from '#libs/http/index.js';
import { compileDraft, knowsHolidaysOf } from '#libs/service-time/holidays/index.js';
import {
  validateCalendar,
  type BusinessCalendar,
  type CalendarDefinition,
  type Instant,
} from '#libs/service-time/index.js';
import { knownCalendar } from './known-calendar.js';

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

/** A calendar of the configuration by its code, or one that is not stored anywhere by its body. */
export function IsGivenCalendar(options: FieldOptions): PropertyDecorator {
  return field(
    {
      name: 'isCalendar',
      message: 'must be the code of a calendar, or the body of one (timeZone, hours, holidays, exceptions)',
      test: (value) => isCode(value) || isCalendarDraft(value),
      schema: { oneOf: [{ type: 'string' }, { type: 'object', additionalProperties: true }] },
    },
    options,
  );
}

/** Only for the shape: a draft is never shown to anybody by name. */
const NAMELESS = { tr: '-', en: '-' };

/**
 * @param from when its use begins: a draft must have working time after that
 * @throws ProblemError with pointers below `/calendar`
 */
export function givenCalendar(
  given: string | CalendarDraft,
  configuration: ConfigurationModel,
  from: Instant,
): BusinessCalendar {
  if (typeof given === 'string') return knownCalendar(given, configuration);
  return compileDraft(soundDefinition(given, from));
}

function soundDefinition(draft: CalendarDraft, from: Instant): CalendarDefinition {
  const definition = { names: NAMELESS, ...draft };
  const problems = validateCalendar(definition, knowsHolidaysOf, from);
  if (problems.length > 0) {
    throw new ProblemError('invalid-input', {
      detail: 'The calendar must be corrected; see errors.',
      errors: problems.map(({ pointer, detail }) => ({ pointer: `/calendar${pointer}`, detail })),
    });
  }
  return definition;
}
