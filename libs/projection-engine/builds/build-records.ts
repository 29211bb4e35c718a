import type { Partitioning } from '../membership/partition-of.js';
import type { BuildId } from './build-id.js';

/** Collections of the engine's own bookkeeping, beside those of the read models. */
export const ACTIVE_BUILDS = 'projection_active';
export const BUILDS = 'projection_builds';
export const CHECKPOINTS = 'projection_checkpoints';
export const MEMBERS = 'projection_members';
export const REQUESTS = 'projection_requests';

/** Which build the queries of a projection read. */
export interface ActiveBuild extends BuildId {
  /** The projection's name. */
  readonly _id: string;
  readonly switchedAt: string;
  readonly switchedBy: string;
  /** Where a rollback leads. */
  readonly previous?: BuildId;
}

/**
 * `preparing` ones have no collection yet. `catching-up` builds have a subscription of their own, so that they neither
 * hold up nor are held up by those at the head; `failed` ones wait for a new build; `dropping` ones are deleted when no request can still be reading them.
 */
export type BuildState = 'preparing' | 'catching-up' | 'live' | 'failed' | 'dropping' | 'dropped';

export interface BuildRecord extends BuildId, Partitioning {
  /** `buildKey`. */
  readonly _id: string;
  readonly state: BuildState;
  /** A rebuild must not hide what it could not apply; the first build of a new installation must not stop for it. */
  readonly onPoison: 'park' | 'fail';
  /** Becomes active by itself once it has caught up. */
  readonly switchWhenCaughtUp: boolean;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly liveAt?: string;
  readonly droppedAt?: string;
  readonly droppedBy?: string;
  readonly failure?: string;
}

/** Once live, a build may be what queries read: from then on it parks like any other. */
export function failsAtPoison({ onPoison, state }: BuildRecord): boolean {
  return onPoison === 'fail' && state !== 'live';
}
