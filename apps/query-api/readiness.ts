import { CONFIGURATION_PREFIXES } from '#libs/configuration-model/index.js';
import { STREAM_PREFIXES } from '#libs/event-contracts/index.js';
import type { EventStore } from '#libs/event-store/index.js';
import type { HealthCheck, HealthResult } from '#libs/http/index.js';
import {
  buildKey,
  followedVersions,
  headUnseenMs,
  versionKey,
  type ProjectionStore,
} from '#libs/projection-engine/index.js';
import type { ReadStore } from '#libs/read-store/index.js';
import { PROJECTIONS } from '#projections/index.js';

export interface ReadinessSources {
  readonly readStore: Pick<ReadStore, 'ping'>;
  readonly eventStore: Pick<EventStore, 'head'>;
  readonly projectionStore: Pick<ProjectionStore, 'builds' | 'checkpoints' | 'members'>;
}

type Progress = Pick<ProjectionStore, 'builds' | 'checkpoints'>;

/** A head that nobody looks at any more is no small lag, so each is its own check. */
export function readinessChecks(sources: ReadinessSources): readonly HealthCheck[] {
  return [
    { name: 'event-store', check: () => answers(() => sources.eventStore.head([STREAM_PREFIXES.complaint])) },
    { name: 'read-store', check: () => answers(() => sources.readStore.ping()) },
    caughtUpOnce(sources),
    { name: 'projector', check: () => headIsSeen(sources) },
  ];
}

async function answers(ask: () => Promise<unknown>): Promise<HealthResult> {
  try {
    await ask();
    return { ok: true };
  } catch {
    return { ok: false, detail: 'does not answer' };
  }
}

/**
 * Ready once the read models hold what the log held when we first looked; what comes later is lag, not readiness. Nor are
 * parked events, of single complaints, a reason to send no requests; but they are told.
 */
function caughtUpOnce({ eventStore, projectionStore }: ReadinessSources): HealthCheck {
  let goal: string | undefined;
  let reached = false;
  return {
    name: 'read-models',
    check: async () => {
      if (reached) return await parkedIn(projectionStore);
      goal ??= (await eventStore.head([STREAM_PREFIXES.complaint, ...CONFIGURATION_PREFIXES])) ?? '';
      const behind = await projectionsBehind(projectionStore, goal);
      reached = behind.length === 0;
      return reached
        ? await parkedIn(projectionStore)
        : { ok: false, detail: `catching up: ${behind.join(', ')}` };
    },
  };
}

/** A store that does not answer is another check's affair. */
async function parkedIn({ builds, checkpoints }: Progress): Promise<HealthResult> {
  try {
    const records = await checkpoints.read((await builds.active()).map(buildKey));
    const parked = records.reduce((sum, record) => sum + record.parked, 0);
    return parked > 0 ? { ok: true, detail: `${parked} events parked` } : { ok: true };
  } catch {
    return { ok: true };
  }
}

async function projectionsBehind({ builds, checkpoints }: Progress, goal: string): Promise<string[]> {
  const active = await builds.active();
  const behind: string[] = [];
  for (const { name } of PROJECTIONS) {
    const alias = active.find((one) => one.name === name);
    const records = alias === undefined ? [] : await checkpoints.read([buildKey(alias)]);
    const there = records.length > 0 && records.every(({ position }) => (position ?? '') >= goal);
    if (!there) behind.push(name);
  }
  return behind;
}

async function headIsSeen({ projectionStore }: ReadinessSources): Promise<HealthResult> {
  const members = await projectionStore.members.all();
  const last = members
    .map(({ headSeenAt }) => Date.parse(headSeenAt ?? ''))
    .filter((at) => !Number.isNaN(at));
  if (last.length === 0) return { ok: false, detail: 'no projector runs' };
  const now = Date.now();
  const ago = now - Math.max(...last);
  if (ago > headUnseenMs)
    return { ok: false, detail: `no projector has seen the log's head for ${Math.round(ago / 1000)} s` };
  const followed = followedVersions(members, now);
  const frozen = (await projectionStore.builds.active()).filter((one) => !followed.has(versionKey(one)));
  return frozen.length === 0
    ? { ok: true }
    : { ok: false, detail: `no projector follows what queries read: ${frozen.map(buildKey).join(', ')}` };
}
