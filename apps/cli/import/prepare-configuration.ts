import { type EventLogMapping, codeOf } from '#libs/importing/index.js';
import type { Target } from './open-target.js';
import { readEventLog } from './read-event-log.js';

const JSON_TYPE = 'application/json';

/**
 * Defines the call-tree node of the mapping and a team for each resource of the log, unless they stand already. Where this
 * installation signs no tokens an administrator has to have done so; lines that miss them are refused by name.
 */
export async function prepareConfiguration(
  file: string,
  mapping: EventLogMapping,
  { admin }: Target,
): Promise<void> {
  if (!admin) return;
  const { callTree } = mapping.reception;
  const { code, names, parent } = callTree;
  const put = (path: string, body: unknown) =>
    admin.request('PUT', `/api/v1/${path}`, { body: JSON.stringify(body), contentType: JSON_TYPE });
  await put(`call-tree/${code}`, { names, ...(parent === undefined ? {} : { parent }) });
  for (const resource of await resourcesOf(file, mapping)) {
    await put(`teams/${mapping.teamPrefix}${codeOf(resource)}`, { names: { tr: resource, en: resource } });
  }
}

/** More resources than that are no teams. */
const MOST_TEAMS = 10_000;

async function resourcesOf(file: string, mapping: EventLogMapping): Promise<ReadonlySet<string>> {
  const resources = new Set<string>();
  for await (const line of readEventLog(file, mapping)) {
    if (line.kind === 'row' && resources.size < MOST_TEAMS) resources.add(line.row.resource);
  }
  return resources;
}
