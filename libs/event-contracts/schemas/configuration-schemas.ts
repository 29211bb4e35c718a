import { CHANNELS, PRIORITIES } from '../complaint/vocabulary.js';
import {
  type CalendarData,
  type CalendarException,
  type ConfigurationEventData,
  type ConfigurationEventType,
  type EscalationLevel,
  type HolidayRecord,
  type Names,
  type ResolutionTarget,
  type SlaPolicyData,
  WEEKDAYS,
} from '../configuration/configuration-events.js';
import {
  atLeast,
  code,
  date,
  described,
  duration,
  flag,
  instant,
  listOf,
  localTime,
  objectOf,
  oneOfWords,
  text,
} from './schema-parts.js';
import type { JsonSchema } from './json-schema.js';

const names = objectOf<Names>({ tr: text, en: text }, {});
const closingTime: JsonSchema = { type: 'string', pattern: '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$' };
const span: JsonSchema = {
  type: 'array',
  prefixItems: [localTime, closingTime],
  minItems: 2,
  maxItems: 2,
  items: false,
};
const dayHours = described(listOf(span), 'Opening spans; an end before its start runs past midnight.');

const exception = objectOf<CalendarException>({ date, hours: dayHours }, { name: text });
const holiday = objectOf<HolidayRecord>(
  { date, name: text },
  { closedFrom: described(localTime, 'A half day: closed from then on.') },
);
const target = objectOf<ResolutionTarget>(
  { callTree: code, target: duration },
  { priority: oneOfWords(PRIORITIES) },
);
const level = objectOf<EscalationLevel>(
  { level: atLeast(1), at: described(text, 'E.g. 80% or PT2H after.'), notify: listOf(text) },
  {},
);

const treeEntry = objectOf<ConfigurationEventData['CallTreeNodeDefined']>(
  { code, names, active: described(flag, 'Whether new complaints may use it.') },
  { parent: described(code, 'The entry above it.') },
);

/** The newest version of each type. Configuration holds nothing personal of customers. */
export const CONFIGURATION_SCHEMAS: { readonly [Type in ConfigurationEventType]: JsonSchema } = {
  CallTreeNodeDefined: described(treeEntry, 'A node of the call tree, whole, as it is from now on.'),
  CategoryDefined: described(treeEntry, 'A complaint category, whole, as it is from now on.'),
  TeamDefined: described(
    objectOf<ConfigurationEventData['TeamDefined']>(
      { code, names, members: described(listOf(text), '`sub`s of the officers.'), active: flag },
      { parent: described(code, 'The team above it.') },
    ),
    'A team, whole, as it is from now on.',
  ),
  CalendarDefined: described(
    objectOf<CalendarData>(
      {
        code,
        names,
        timeZone: described(text, 'IANA time zone.'),
        hours: {
          type: 'object',
          properties: Object.fromEntries(WEEKDAYS.map((day) => [day, dayHours])),
          additionalProperties: false,
          description: 'A day left out is closed.',
        },
      },
      {
        holidays: objectOf<NonNullable<CalendarData['holidays']>>({ country: text }, { region: text }),
        exceptions: listOf(exception),
        publicHolidays: described(listOf(holiday), 'As they were known at publication.'),
      },
    ),
    'A business calendar, whole, as it is from now on.',
  ),
  SlaPolicyPublished: described(
    objectOf<SlaPolicyData>(
      {
        version: atLeast(1),
        effectiveFrom: described(instant, 'Cycles that start from then on are ruled by it.'),
        calendar: described(code, 'Calendar of the business time.'),
        registration: {
          type: 'object',
          propertyNames: oneOfWords(CHANNELS),
          additionalProperties: duration,
          description: 'Registration target by channel, wall time.',
        },
        resolution: described(
          listOf(target),
          'Resolution targets, business time; inherited down the call tree.',
        ),
        escalation: listOf(level),
        reopenWindow: described(duration, 'How long after closing an agent may re-open.'),
        surveyAttempts: described(atLeast(1), 'Calls after which the survey ends as unreached.'),
      },
      {
        approval: described(duration, 'Resolved to confirmed.'),
        survey: described(duration, 'Closed to surveyed.'),
      },
    ),
    'A version of the service-level policy.',
  ),
};
