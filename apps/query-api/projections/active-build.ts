import {
  parseBuildKey,
  type AnyProjection,
  type BuildId,
  type ProjectionStore,
} from '#libs/projection-engine/index.js';
import { PROJECTIONS } from '#projections/index.js';
import { notFound, wrongParameter } from '../edge/query-problems.js';

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

/** @throws ProblemError `invalid-input` when the text names no build of the projection, `not-found` for its name */
export function namedBuild(name: string, text: string, pointer: string): BuildId {
  projectionOf(name);
  const id = parseBuildKey(text);
  if (id?.name !== name) {
    throw wrongParameter(
      pointer,
      `A build of ${name} is named as in the list, such as ${name}:v1 or ${name}:v1:b1.`,
    );
  }
  return id;
}
