import type {
  Actor,
  CalendarData,
  ConfigurationEventData,
  GlobalPosition,
  SlaPolicyData,
} from '#libs/event-contracts/index.js';
import type { PolicyVersion } from '#libs/service-time/index.js';

/** One whole definition as it was published. */
export interface Version<Data> {
  readonly data: Data;
  /** Counts from 1 within its stream. */
  readonly version: number;
  readonly position: GlobalPosition;
  readonly recordedAt: string;
  readonly publishedBy: Actor;
  /** It came second to another that makes it stand below itself, so it never was in force. */
  readonly closesCircle?: true;
}

/** What is in force by code, and every version there was, oldest first. */
export interface Definitions<Data> {
  readonly newest: ReadonlyMap<string, Data>;
  readonly history: ReadonlyMap<string, readonly Version<Data>[]>;
}

/** A published policy with the moments by which it comes into force. */
export interface PublishedPolicy extends Version<SlaPolicyData>, PolicyVersion {
  readonly version: number;
}

/** The configuration at one place of the log. Immutable: what a change leaves alone is shared with the model before it. */
export interface ConfigurationModel {
  readonly callTree: Definitions<ConfigurationEventData['CallTreeNodeDefined']>;
  readonly categories: Definitions<ConfigurationEventData['CategoryDefined']>;
  readonly teams: Definitions<ConfigurationEventData['TeamDefined']>;
  readonly calendars: Definitions<CalendarData>;
  readonly policies: readonly PublishedPolicy[];
  /** Of the last configuration event absorbed; null before the first. */
  readonly position: GlobalPosition | null;
}

function nothing<Data>(): Definitions<Data> {
  return { newest: new Map(), history: new Map() };
}

export const EMPTY_CONFIGURATION: ConfigurationModel = {
  callTree: nothing(),
  categories: nothing(),
  teams: nothing(),
  calendars: nothing(),
  policies: [],
  position: null,
};
