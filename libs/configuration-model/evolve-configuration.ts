import {
  isConfigurationEventType,
  STREAM_PREFIXES,
  type ConfigurationEvent,
  type RecordedEvent,
  type SlaPolicyData,
} from '#libs/event-contracts/index.js';
import { instantOf } from '#libs/service-time/index.js';
import type { ConfigurationModel, Definitions, PublishedPolicy, Version } from './configuration-model.js';

/** Stream-name prefixes of all that the model is folded from. */
export const CONFIGURATION_PREFIXES: readonly string[] = [
  STREAM_PREFIXES.callTree,
  STREAM_PREFIXES.category,
  STREAM_PREFIXES.team,
  STREAM_PREFIXES.calendar,
  STREAM_PREFIXES.slaPolicy,
];

type RecordedConfigurationEvent = RecordedEvent & ConfigurationEvent;

/** Pure. An event delivered again, and one of a type not known here, changes nothing. */
export function evolveConfiguration(model: ConfigurationModel, event: RecordedEvent): ConfigurationModel {
  if (model.position !== null && event.position <= model.position) return model;
  if (!isConfigurationEventType(event.type)) return model;
  return { ...apply(model, event as RecordedConfigurationEvent), position: event.position };
}

function apply(model: ConfigurationModel, event: RecordedConfigurationEvent): ConfigurationModel {
  switch (event.type) {
    case 'CallTreeNodeDefined':
      return { ...model, callTree: defined(model.callTree, event.data, event) };
    case 'CategoryDefined':
      return { ...model, categories: defined(model.categories, event.data, event) };
    case 'TeamDefined':
      return { ...model, teams: defined(model.teams, event.data, event) };
    case 'CalendarDefined':
      return { ...model, calendars: defined(model.calendars, event.data, event) };
    case 'SlaPolicyPublished':
      return { ...model, policies: [...model.policies, published(event.data, event)] };
  }
}

function defined<Data extends { readonly code: string }>(
  { newest, history }: Definitions<Data>,
  data: Data,
  event: RecordedEvent,
): Definitions<Data> {
  const versions = history.get(data.code) ?? [];
  return {
    newest: new Map(newest).set(data.code, data),
    history: new Map(history).set(data.code, [...versions, versionOf(data, event)]),
  };
}

function versionOf<Data>(data: Data, event: RecordedEvent): Version<Data> {
  return {
    data,
    version: event.revision + 1,
    position: event.position,
    recordedAt: event.recordedAt,
    publishedBy: event.metadata.actor,
  };
}

/** Published when it was recorded: a policy entered late must not rule what had begun before anybody could know it. */
function published(data: SlaPolicyData, event: RecordedEvent): PublishedPolicy {
  return {
    ...versionOf(data, event),
    version: data.version,
    publishedAt: instantOf(event.recordedAt),
    effectiveFrom: instantOf(data.effectiveFrom),
  };
}
