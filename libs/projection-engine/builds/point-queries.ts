import type { ProjectionStore } from '../store/projection-store.port.js';
import { buildKey, type BuildId } from './build-id.js';
import type { ActiveBuild } from './build-records.js';

export type Pointed = 'done' | 'switched-by-others' | 'not-live';

/**
 * Lets queries read another build from their next request on. One that is being dropped in the same moment is not kept:
 * who drops marks first and then looks what queries read, who switches does the reverse, so one of them notices.
 */
export async function pointQueries(
  { builds }: Pick<ProjectionStore, 'builds'>,
  from: ActiveBuild,
  to: BuildId,
  by: string,
): Promise<{ readonly outcome: Pointed; readonly active: ActiveBuild }> {
  const active: ActiveBuild = {
    _id: to.name,
    name: to.name,
    version: to.version,
    build: to.build,
    switchedAt: new Date().toISOString(),
    switchedBy: by,
    previous: { name: from.name, version: from.version, build: from.build },
  };
  if (!(await builds.switchActive(from, active))) return { outcome: 'switched-by-others', active: from };
  const record = (await builds.all()).find(({ _id }) => _id === buildKey(to));
  if (record?.state === 'live') return { outcome: 'done', active };
  await builds.switchActive(active, from);
  return { outcome: 'not-live', active: from };
}
