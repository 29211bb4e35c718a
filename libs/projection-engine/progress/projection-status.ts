import type { GlobalPosition } from '#libs/event-contracts/index.js';
import type { EventStore } from '#libs/event-store/event-store.port.js';
import { buildKey, parkedCollection } from '../builds/build-id.js';
import type { ActiveBuild, BuildRecord, BuildState } from '../builds/build-records.js';
import type { CheckpointRecord } from '../builds/checkpoint-record.js';
import { sumDigests } from '../documents/digest.js';
import type { MemberRecord } from '../membership/member-record.js';
import { CONTEXT } from '../parked/parked-event.js';
import type { ProjectionStore } from '../store/projection-store.port.js';
import { answered, answeringStore } from '../store/answering-stores.js';
import { measureLag, type Lag } from './lag.js';

export interface ProjectionStatus {
  /** `sla-facts:v3`, for a rebuild `sla-facts:v3:b1`; how commands name a build. */
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly build: number;
  /** Queries read this one. */
  readonly active: boolean;
  readonly state: BuildState | 'running' | 'backing-off' | 'not-running';
  /** How far all partitions are; null before the first event. */
  readonly position: GlobalPosition | null;
  /** Null while the log does not answer: unknown, which is not none. */
  readonly lag: Lag | null;
  readonly documents: number;
  readonly events: number;
  readonly parked: number;
  /** Sum of the documents' hashes; comparable between builds at the same position. */
  readonly digest: string;
  readonly partitions: number;
  readonly processes: number;
  readonly eventsPerSecond: number;
  readonly lastBatch: number;
  readonly retries: number;
  readonly repairs: number;
  /** Since any projector process last saw the log's head; null when none ever did. A frozen head is no small lag. */
  readonly headSeenSecondsAgo: number | null;
  readonly failure?: string;
}

export interface StatusSources {
  readonly store: ProjectionStore;
  readonly log: EventStore;
}

/**
 * Every build that is not dropped, from the stores alone: any process can ask, whichever projects.
 * @throws NoAnswerError when the read store is silent
 */
export async function projectionStatuses(
  { store: asked, log }: StatusSources,
  now = new Date(),
): Promise<ProjectionStatus[]> {
  const store = answeringStore(asked, storePatienceMs);
  const [builds, active, members] = await Promise.all([
    store.builds.all(),
    store.builds.active(),
    store.members.all(),
  ]);
  const present = builds.filter(({ state }) => state !== 'dropped');
  const records = await store.checkpoints.read(present.map(({ _id }) => _id));
  return await Promise.all(
    present.map(async (build) => {
      const own = records.filter((record) => record.build === build._id);
      const status = await statusOf(log, build, own, active, members, now);
      return { ...status, parked: status.parked + (await parkedOfContext(store, build)) };
    }),
  );
}

async function statusOf(
  log: EventStore,
  build: BuildRecord,
  records: readonly CheckpointRecord[],
  active: readonly ActiveBuild[],
  members: readonly MemberRecord[],
  now: Date,
): Promise<ProjectionStatus> {
  const reports = members.flatMap((member) => member.reports.filter((report) => report.build === build._id));
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const position = lowestPosition(records);
  const failure = build.failure ?? reports.find(({ state }) => state === 'backing-off')?.lastError;
  return {
    id: build._id,
    name: build.name,
    version: build.version,
    build: build.build,
    active: active.some((alias) => buildKey(alias) === build._id),
    state: stateOf(
      build,
      reports.map(({ state }) => state),
    ),
    position,
    lag: await lagOf(log, position, sum(records.map(({ events }) => events)), now),
    documents: sum(records.map(({ documents }) => documents)),
    events: sum(records.map(({ events }) => events)),
    parked: sum(records.map(({ parked }) => parked)),
    digest: sumDigests(records.map(({ digest }) => digest)),
    partitions: build.partitions,
    processes: reports.length,
    eventsPerSecond: sum(reports.map(({ eventsPerSecond }) => eventsPerSecond)),
    lastBatch: Math.max(0, ...reports.map(({ lastBatch }) => lastBatch)),
    retries: sum(reports.map(({ retries }) => retries)),
    repairs: sum(reports.map(({ repairs }) => repairs)),
    headSeenSecondsAgo: secondsSince(
      members.map(({ headSeenAt }) => headSeenAt ?? ''),
      now,
    ),
    ...(failure === undefined ? {} : { failure }),
  };
}

/** Outside the partitions' counts, as such an event concerns all of them. */
async function parkedOfContext({ parked }: ProjectionStore, build: BuildRecord): Promise<number> {
  let count = 0;
  for await (const _event of parked.ofComplaint(parkedCollection(build), CONTEXT)) count += 1;
  return count;
}

const lagPatienceMs = 1500;
const storePatienceMs = 5000;

async function lagOf(...asked: Parameters<typeof measureLag>): Promise<Lag | null> {
  return await answered(measureLag(...asked), lagPatienceMs, 'the lag').catch(() => null);
}

function stateOf(build: BuildRecord, reported: readonly string[]): ProjectionStatus['state'] {
  if (build.state !== 'live' && build.state !== 'catching-up') return build.state;
  if (reported.length === 0) return 'not-running';
  if (reported.includes('backing-off')) return 'backing-off';
  return build.state === 'live' ? 'running' : 'catching-up';
}

/** Null when there is no partition, or one that has read nothing. */
export function lowestPosition(
  records: readonly Pick<CheckpointRecord, 'position'>[],
): GlobalPosition | null {
  let lowest: GlobalPosition | null = null;
  for (const { position } of records) {
    if (position === null) return null;
    if (lowest === null || position < lowest) lowest = position;
  }
  return lowest;
}

function secondsSince(instants: readonly string[], now: Date): number | null {
  const latest = instants.reduce((max, instant) => (instant > max ? instant : max), '');
  return latest === '' ? null : Math.max(0, (now.getTime() - Date.parse(latest)) / 1000);
}
