import { AsyncLocalStorage } from 'node:async_hooks';
import type { BuildId } from '#libs/projection-engine/index.js';

const pinned = new AsyncLocalStorage<ReadonlyMap<string, BuildId>>();

/**
 * Runs work whose queries read exactly these builds, by projection. A caller who waited until a build had what he asked
 * for must be answered from that one, also when queries are switched to another in between.
 */
export function readingBuilds<T>(builds: ReadonlyMap<string, BuildId>, work: () => T): T {
  return pinned.run(builds, work);
}

export function pinnedBuild(projection: string): BuildId | undefined {
  return pinned.getStore()?.get(projection);
}
