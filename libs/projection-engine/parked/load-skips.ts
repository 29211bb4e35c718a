import { versionKey } from '../builds/build-id.js';
import { Skips } from '../fold/skips.js';
import type { ProjectionStore } from '../store/projection-store.port.js';

/**
 * What was decided for the version, and for others of the projection.
 * @param by only what had been decided by this moment
 */
export async function loadSkips(
  store: Pick<ProjectionStore, 'requests'>,
  projection: { readonly name: string; readonly version: number },
  by?: string,
): Promise<Skips> {
  const skips = new Skips();
  for (const request of await store.requests.skips(projection.name)) {
    if (by !== undefined && request.at > by) continue;
    if (request.version === versionKey(projection)) skips.add(request);
    else skips.addForUnreadable(request);
  }
  return skips;
}
