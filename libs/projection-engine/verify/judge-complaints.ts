import { complaintStream, type GlobalPosition } from '#libs/event-contracts/index.js';
import type { EventStore, LogMessage } from '#libs/event-store/event-store.port.js';
import { buildCollection, buildKey, type BuildId } from '../builds/build-id.js';
import type { CheckpointRecord } from '../builds/checkpoint-record.js';
import { documentHash } from '../documents/digest.js';
import { ContextHistory } from '../fold/context-history.js';
import { foldComplaint } from '../fold/fold-complaint.js';
import type { RunnableProjection } from '../fold/runnable-projection.js';
import type { Skips } from '../fold/skips.js';
import { partitionOf, type Partitioning } from '../membership/partition-of.js';
import { loadSkips } from '../parked/load-skips.js';
import type { ProjectionStore, StoredDocument } from '../store/projection-store.port.js';
import type { FindingKind } from './verification.js';

export interface Stores {
  readonly store: ProjectionStore;
  readonly log: EventStore;
}

export interface VerifiedBuild {
  readonly id: BuildId;
  readonly runs: RunnableProjection;
  readonly partitioning: Partitioning;
  /** Complaints whose documents may be wrong. */
  readonly doubts: ReadonlySet<string>;
}

export interface Verdict {
  readonly build: VerifiedBuild;
  readonly complaintId: string;
  readonly kind: FindingKind;
}

/** A complaint as a build has it. */
interface Doubt {
  readonly known: Known;
  readonly complaintId: string;
}

/** What the stores hold of some complaints of a build. */
interface Known {
  readonly build: VerifiedBuild;
  readonly records: readonly CheckpointRecord[];
  readonly documents: ReadonlyMap<string, StoredDocument>;
  readonly skips: Skips;
  readonly contexts: ContextHistory;
}

type Told = Pick<EventStore, 'readLog' | 'readStream'>;

/** Streams that are read at the same time. */
const atOnce = 16;
/** A live projector may move on during a look; one that looks wrong that often is. */
const looks = 3;

/**
 * Folds what is doubted from the complaints' own streams, each read once for all builds, up to where the documents stand.
 * @returns what is wrong
 */
export async function judgeComplaints(
  stores: Stores,
  builds: readonly VerifiedBuild[],
  complaintIds: readonly string[],
): Promise<readonly Verdict[]> {
  let left = complaintIds;
  for (let look = 1; ; look++) {
    const known = await Promise.all(builds.map((build) => whatIsKnown(stores, build, left)));
    const wrong = await lookAt(stores.log, known, left);
    if (wrong.length === 0 || look === looks || (await haveStoodStill(stores, known))) return wrong;
    left = [...new Set(wrong.map(({ complaintId }) => complaintId))];
  }
}

/** What the documents must hold at least, then the documents; the log is read after both. */
async function whatIsKnown(
  { store, log }: Stores,
  build: VerifiedBuild,
  ids: readonly string[],
): Promise<Known> {
  const records = await store.checkpoints.read([buildKey(build.id)]);
  const doubted = ids.filter((id) => build.doubts.has(id));
  const documents = await store.documents.load(buildCollection(build.id), doubted);
  const skips = await loadSkips(store, build.id);
  const contexts = await ContextHistory.read(log, build.runs, skips);
  return {
    build,
    records,
    documents: new Map(documents.map((document) => [document._id, document])),
    skips,
    contexts,
  };
}

async function haveStoodStill({ store }: Stores, known: readonly Known[]): Promise<boolean> {
  const now = await Promise.all(known.map(({ build }) => store.checkpoints.read([buildKey(build.id)])));
  return JSON.stringify(now) === JSON.stringify(known.map(({ records }) => records));
}

async function lookAt(log: EventStore, known: readonly Known[], ids: readonly string[]): Promise<Verdict[]> {
  const wrong: Verdict[] = [];
  const look = async (complaintId: string): Promise<void> => {
    const told = toldOnce(log, await eventsOf(log, complaintId));
    for (const each of known.filter(({ build }) => build.doubts.has(complaintId))) {
      const kind = await verdictOn(told, { known: each, complaintId });
      if (kind) wrong.push({ build: each.build, complaintId, kind });
    }
  };
  for (let from = 0; from < ids.length; from += atOnce) {
    await Promise.all(ids.slice(from, from + atOnce).map(look));
  }
  return wrong;
}

async function verdictOn(log: Told, doubt: Doubt): Promise<FindingKind | undefined> {
  const { known, complaintId } = doubt;
  const document = known.documents.get(complaintId);
  const record = known.records.find(
    ({ partition }) => partition === partitionOf(complaintId, known.build.partitioning),
  );
  const wanted = await hashOfFold(log, doubt, leastOf(document, record));
  if (wanted === (document && documentHash(document))) return undefined;
  if (document) return wanted === undefined ? 'superfluous' : 'corrupted';
  // A batch under way, be it that of a process that was killed, may have taken it away.
  const planned = record?.pending?.position;
  const isTakenAway = planned !== undefined && (await hashOfFold(log, doubt, planned)) === undefined;
  return isTakenAway ? undefined : 'missing';
}

async function hashOfFold(
  log: Told,
  { known: { build, skips, contexts }, complaintId }: Doubt,
  until: GlobalPosition,
): Promise<bigint | undefined> {
  const { state } = await foldComplaint({ log, runs: build.runs, skips, contexts, complaintId, until });
  return state.document ? documentHash(state.document) : undefined;
}

/** What its partition says that all documents have absorbed, or more. One that has stood still since is wrong, too. */
function leastOf(document: StoredDocument | undefined, record: CheckpointRecord | undefined): GlobalPosition {
  const promised = record?.position ?? '';
  return document && document.position > promised ? document.position : promised;
}

async function eventsOf(log: EventStore, complaintId: string): Promise<readonly LogMessage[]> {
  const messages: LogMessage[] = [];
  for await (const message of log.readStream(complaintStream(complaintId))) messages.push(message);
  return messages;
}

/** The log with one stream that has been read already. */
function toldOnce(log: EventStore, messages: readonly LogMessage[]): Told {
  return {
    readLog: (range) => log.readLog(range),
    // eslint-disable-next-line @typescript-eslint/require-await -- there is nothing to wait for any more
    async *readStream() {
      yield* messages;
    },
  };
}
