import type { ConfigurationEventType } from './configuration-events.js';

/** A record, so that the compiler misses no type. */
const TYPES: Readonly<Record<ConfigurationEventType, true>> = {
  CallTreeNodeDefined: true,
  CategoryDefined: true,
  TeamDefined: true,
  CalendarDefined: true,
  SlaPolicyPublished: true,
};

export const CONFIGURATION_EVENT_TYPES = Object.keys(TYPES) as readonly ConfigurationEventType[];

export function isConfigurationEventType(type: string): type is ConfigurationEventType {
  return Object.hasOwn(TYPES, type);
}
