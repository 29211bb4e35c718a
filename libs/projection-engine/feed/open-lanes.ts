import type { BuildRecord } from '../builds/build-records.js';
import { versionKey } from '../builds/build-id.js';
import { ForeignLogError, PartitionLostError } from '../engine.errors.js';
import { Lane } from '../lane/lane.js';
import type { OwnedPartition } from '../membership/ownership.js';
import { loadSkips } from '../parked/load-skips.js';
import type { ProjectorContext } from '../projector-context.js';
import type { CheckpointRecord } from '../builds/checkpoint-record.js';

/** Lanes from the stored checkpoints, never from what this process remembers. */
export async function openLanes(
  context: ProjectorContext,
  builds: readonly BuildRecord[],
  owned: readonly OwnedPartition[],
): Promise<readonly Lane[]> {
  const records = await context.store.checkpoints.read(builds.map(({ _id }) => _id));
  const lanes: Lane[] = [];
  for (const build of builds) {
    const mine = recordsOf(build, owned, records);
    const runs = context.registry.get(versionKey(build));
    if (mine.length === 0 || !runs) continue;
    await refuseForeignLog(context, build._id, mine);
    const skips = await loadSkips(context.store, build);
    const { store, log, logger, observer, tallies, onAdvance, tuning } = context;
    const tally = tallies.of(build._id);
    const lane = new Lane(
      { ...tuning, store, log, logger, observer, tally, runs, build, skips, onAdvance },
      mine,
    );
    await lane.open();
    lanes.push(lane);
  }
  return lanes;
}

function recordsOf(
  build: BuildRecord,
  owned: readonly OwnedPartition[],
  records: readonly CheckpointRecord[],
): readonly CheckpointRecord[] {
  const mine = owned.filter((partition) => partition.build === build._id);
  return mine.map(({ id, epoch }) => {
    const record = records.find(({ _id }) => _id === id);
    if (record?.epoch !== epoch) throw new PartitionLostError([id]);
    return record;
  });
}

/** Checkpoints ahead of the log: going on would wait for ever, or skip what is recorded meanwhile. */
export async function refuseForeignLog(
  context: ProjectorContext,
  build: string,
  records: readonly CheckpointRecord[],
): Promise<void> {
  const furthest = records.reduce(
    (max, { eventPosition }) => ((eventPosition ?? '') > max ? (eventPosition ?? '') : max),
    '',
  );
  if (furthest === '') return;
  const head = await context.log.head(context.prefixes);
  if (furthest > (head ?? '')) throw new ForeignLogError(build, furthest, head);
}
