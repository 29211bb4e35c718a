import type { AnyProjection, BuildId, ProjectionStore } from '#libs/projection-engine/index.js';
import { PROJECTIONS } from '#projections/index.js';
import { notFound } from '../edge/query-problems.js';

/** @throws ProblemError `not-found` */
export function projectionOf(name: string): AnyProjection {
  const projection = PROJECTIONS.find((one) => one.name === name);
  if (projection === undefined) {
    throw notFound(`projection of this name; there are ${PROJECTIONS.map((one) => one.name).join(', ')}`);
  }
  return projection;
}

/** The build that queries read now. @throws ProblemError `not-found` */
export async function activeBuildOf(store: ProjectionStore, name: string): Promise<BuildId> {
  projectionOf(name);
  const active = (await store.builds.active()).find((alias) => alias.name === name);
  if (active === undefined) throw notFound(`build of ${name} yet: no projector has run`);
  return active;
}
