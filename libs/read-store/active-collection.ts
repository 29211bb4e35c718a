import type { Db } from 'mongodb';
import { ACTIVE_BUILDS, buildCollection, type ActiveBuild } from '#libs/projection-engine/index.js';
import { pinnedBuild } from './pinned-builds.js';

/**
 * One read by primary key per request, on purpose not cached: a cached name would still be read after a switch, and
 * would be an empty collection after the old build is dropped.
 */
export async function activeCollectionName(db: Db, projection: string): Promise<string> {
  const pinned = pinnedBuild(projection);
  if (pinned) return buildCollection(pinned);
  const active = await db.collection<ActiveBuild>(ACTIVE_BUILDS).findOne({ _id: projection });
  // Before the projector's first start there is nothing to read yet: an empty collection is the right answer.
  return buildCollection(active ?? { name: projection, version: 1, build: 0 });
}
