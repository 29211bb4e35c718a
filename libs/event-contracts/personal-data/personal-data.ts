import type { ComplaintEventData, ComplaintEventType } from '../complaint/complaint-events.js';

/**
 * Where a text about or by a person stands in the newest version of each event, as JSON pointers. The same places are
 * sealed strings in the schemas. An empty list is a decision, too.
 */
export const PERSONAL_FIELDS: { readonly [Type in ComplaintEventType]: readonly string[] } = {
  ComplaintReceived: [
    '/customer/name',
    '/customer/phone',
    '/customer/email',
    '/property/block',
    '/property/unit',
    '/subject',
    '/description',
    '/requestedRemedy',
  ],
  ComplaintCategorised: ['/reason'],
  PriorityChanged: ['/reason'],
  ComplaintRouted: ['/reason'],
  ActivityOpened: [],
  ActionRecorded: ['/description'],
  FollowUpRecorded: ['/note'],
  ClockPaused: ['/reason'],
  ClockResumed: [],
  ComplaintEscalated: [],
  ComplaintResolved: ['/explanation'],
  ResolutionConfirmed: ['/note'],
  ResolutionRejected: ['/reason'],
  ComplaintClosed: ['/note'],
  ComplaintReopened: ['/reason'],
  ComplaintWithdrawn: ['/reason'],
  SurveyAttempted: [],
  SatisfactionSurveyed: ['/comment'],
};

/** Empty for types without personal fields and for unknown ones. */
export function personalFieldsOf(type: string): readonly string[] {
  return Object.hasOwn(PERSONAL_FIELDS, type) ? PERSONAL_FIELDS[type as ComplaintEventType] : [];
}

/**
 * A copy of an event's data with each personal text that is there replaced by what `replace` makes of it: sealing,
 * opening and redaction alike. Everything else is kept; the given data stays untouched.
 */
export function mapPersonalFields<Type extends ComplaintEventType>(
  type: Type,
  data: ComplaintEventData[Type],
  replace: (text: string, pointer: string) => string,
): ComplaintEventData[Type];
export function mapPersonalFields(
  type: string,
  data: unknown,
  replace: (text: string, pointer: string) => string,
): unknown;
export function mapPersonalFields(
  type: string,
  data: unknown,
  replace: (text: string, pointer: string) => string,
): unknown {
  return personalFieldsOf(type).reduce(
    (mapped, pointer) => replaceAt(mapped, pointer.slice(1).split('/'), (text) => replace(text, pointer)),
    data,
  );
}

function replaceAt(value: unknown, path: readonly string[], replace: (text: string) => string): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return typeof value === 'string' ? replace(value) : value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return value;
  const record = value as Readonly<Record<string, unknown>>;
  return { ...record, [key]: replaceAt(record[key], rest, replace) };
}
