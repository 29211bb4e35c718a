import { STREAM_PREFIXES } from '#libs/event-contracts/index.js';
import { assertProjectionName, versionKey } from '../builds/build-id.js';
import type { AnyProjection } from '../projection.js';
import { compileFilter } from './refold-filter.js';

/** A registered projection with what the engine derives from it once. */
export interface RunnableProjection {
  readonly projection: AnyProjection;
  /** `name:vN`. */
  readonly version: string;
  /** Streams that concern it. */
  readonly prefixes: readonly string[];
  isContext(streamId: string): boolean;
  /** Does a change of the context concern this document? Undefined without `refold`. */
  readonly refolds: ((document: object) => boolean) | undefined;
}

/** @throws TypeError when the declaration contradicts what the engine relies on */
export function runnable(projection: AnyProjection): RunnableProjection {
  assertProjectionName(projection.name);
  if (!Number.isInteger(projection.version) || projection.version < 1) {
    throw new TypeError(`${projection.name}: a version is a whole number from 1, not ${projection.version}.`);
  }
  const contextPrefixes = projection.context?.prefixes ?? [];
  if (contextPrefixes.some((prefix) => prefix.startsWith(STREAM_PREFIXES.complaint) || prefix === '')) {
    throw new TypeError(`${projection.name}: the context cannot be made of complaints.`);
  }
  const filter = projection.context?.refold?.filter;
  return {
    projection,
    version: versionKey(projection),
    prefixes: [STREAM_PREFIXES.complaint, ...contextPrefixes],
    isContext: (streamId) => contextPrefixes.some((prefix) => streamId.startsWith(prefix)),
    refolds: filter ? compileFilter(filter) : undefined,
  };
}

/** @throws TypeError also when two entries have the same name and version */
export function runnableRegistry(
  projections: readonly AnyProjection[],
): ReadonlyMap<string, RunnableProjection> {
  const registry = new Map<string, RunnableProjection>();
  for (const projection of projections) {
    const entry = runnable(projection);
    if (registry.has(entry.version)) throw new TypeError(`${entry.version} is registered twice.`);
    registry.set(entry.version, entry);
  }
  return registry;
}
