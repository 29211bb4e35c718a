import {
  isConfigurationEventType,
  STREAM_PREFIXES,
  type ConfigurationEvent,
  type RecordedEvent,
  type SlaPolicyData,
} from '#libs/event-contracts/index.js';
import { instantOf, pathOf } from '#libs/service-time/index.js';
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
      return { ...model, callTree: placedInTree(model.callTree, event.data, event) };
    case 'CategoryDefined':
      return { ...model, categories: placedInTree(model.categories, event.data, event) };
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

/**
 * Two processes can each place a node below the other's, neither knowing of the other. The log says which came first;
 * the second stays on record and out of force, for every reader alike.
 */
function placedInTree<Data extends { readonly code: string; readonly parent?: string }>(
  before: Definitions<Data>,
  data: Data,
  event: RecordedEvent,
): Definitions<Data> {
  if (data.parent === undefined || !pathOf(before.newest, data.parent).includes(data.code)) {
    return defined(before, data, event);
  }
  const versions = before.history.get(data.code) ?? [];
  const outOfForce = { ...versionOf(data, event), closesCircle: true } as const;
  return { ...before, history: new Map(before.history).set(data.code, [...versions, outOfForce]) };
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
