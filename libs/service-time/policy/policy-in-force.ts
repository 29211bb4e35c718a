import { Instant, later } from '../instant.js';

export interface PolicyVersion {
  readonly version: number;
  readonly publishedAt: Instant;
  /** Without it the version is in force from its publication. */
  readonly effectiveFrom?: Instant;
}

/** A version rules from its effective moment on, but never cycles that began before it was published. */
export function rulesFrom(version: PolicyVersion): Instant {
  return version.effectiveFrom === undefined
    ? version.publishedAt
    : later(version.publishedAt, version.effectiveFrom);
}

/**
 * The version that rules a cycle begun at `at`: the last to come into force by then, the higher number if two did at
 * once. Cycles from before the first version (imported history) are ruled by that first one.
 */
export function policyInForce<V extends PolicyVersion>(versions: readonly V[], at: Instant): V | undefined {
  const inOrder = ordered(versions) as readonly V[];
  return inOrder.findLast((version) => rulesFrom(version) <= at) ?? inOrder[0];
}

/** Asked for with every event, of lists that are never changed. */
const orders = new WeakMap<readonly PolicyVersion[], readonly PolicyVersion[]>();

function ordered(versions: readonly PolicyVersion[]): readonly PolicyVersion[] {
  let order = orders.get(versions);
  if (order === undefined) {
    order = versions.toSorted((a, b) => rulesFrom(a) - rulesFrom(b) || a.version - b.version);
    orders.set(versions, order);
  }
  return order;
}
