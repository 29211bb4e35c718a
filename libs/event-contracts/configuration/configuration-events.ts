/** Names for people, in the two languages of the console. */
export interface Names {
  readonly tr: string;
  readonly en: string;
}

/** Opening spans of a day as local times, e.g. ["09:00", "12:30"]; an end before its start runs past midnight. */
export type DayHours = readonly (readonly [string, string])[];

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A public holiday as it was known when the calendar was published; half days close from `closedFrom` on. */
export interface HolidayRecord {
  readonly date: string;
  readonly closedFrom?: string;
  readonly name: string;
}

export interface CalendarException {
  readonly date: string;
  readonly hours: DayHours;
  readonly name?: string;
}

export interface CalendarData {
  readonly code: string;
  readonly names: Names;
  readonly timeZone: string;
  readonly hours: Readonly<Partial<Record<Weekday, DayHours>>>;
  readonly holidays?: { readonly country: string; readonly region?: string };
  readonly exceptions?: readonly CalendarException[];
  /** Frozen at publication, so that a later holiday library never changes what was judged. */
  readonly publicHolidays?: readonly HolidayRecord[];
}

export interface ResolutionTarget {
  readonly callTree: string;
  readonly priority?: string;
  readonly target: string;
}

export interface EscalationLevel {
  readonly level: number;
  readonly at: string;
  readonly notify: readonly string[];
}

export interface SlaPolicyData {
  readonly version: number;
  readonly effectiveFrom: string;
  readonly calendar: string;
  readonly registration: Readonly<Record<string, string>>;
  readonly resolution: readonly ResolutionTarget[];
  readonly approval?: string;
  readonly survey?: string;
  readonly escalation: readonly EscalationLevel[];
  readonly reopenWindow: string;
  readonly surveyAttempts: number;
}

/** Each event carries the whole definition: the newest one in the stream is in force. */
export interface ConfigurationEventData {
  CallTreeNodeDefined: {
    readonly code: string;
    readonly names: Names;
    readonly parent?: string;
    readonly active: boolean;
  };
  CategoryDefined: {
    readonly code: string;
    readonly names: Names;
    readonly parent?: string;
    readonly active: boolean;
  };
  TeamDefined: {
    readonly code: string;
    readonly names: Names;
    readonly parent?: string;
    readonly members: readonly string[];
    readonly active: boolean;
  };
  CalendarDefined: CalendarData;
  SlaPolicyPublished: SlaPolicyData;
}

export type ConfigurationEventType = keyof ConfigurationEventData;

export type ConfigurationEvent = {
  [Type in ConfigurationEventType]: { readonly type: Type; readonly data: ConfigurationEventData[Type] };
}[ConfigurationEventType];
