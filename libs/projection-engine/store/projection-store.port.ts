import type { ActiveBuild, BuildRecord } from '../builds/build-records.js';
import type { CheckpointRecord, PlannedProgress, Progress } from '../builds/checkpoint-record.js';
import type { MemberRecord } from '../membership/member-record.js';
import type { ParkedEvent } from '../parked/parked-event.js';
import type { ProjectionRequest } from '../parked/projection-request.js';
import type { IndexSpec, ProjectionDocument } from '../projection.js';

/** A document as it lies in the store: the fold's fields beside the engine's. */
export type StoredDocument = ProjectionDocument & Readonly<Record<string, unknown>>;

/** A write of one document that takes place only if the document still is what the fold began from. */
export type DocumentWrite =
  | { readonly kind: 'insert'; readonly document: StoredDocument }
  | { readonly kind: 'replace'; readonly document: StoredDocument; readonly previous: DocumentVersion }
  | { readonly kind: 'delete'; readonly id: string; readonly previous: DocumentVersion };

export type DocumentVersion = Pick<ProjectionDocument, 'revision' | 'position'>;

export interface DocumentStore {
  prepare(collection: string, indexes: readonly IndexSpec[]): Promise<void>;
  load(collection: string, ids: readonly string[]): Promise<readonly StoredDocument[]>;
  /** Unordered, one-document operations only. @throws GuardMissError when a document was not what it was expected to be */
  write(collection: string, writes: readonly DocumentWrite[]): Promise<void>;
  /**
   * In the order of ids.
   * @param leftOut fields that are not asked for
   */
  scan(
    collection: string,
    filter?: Readonly<Record<string, unknown>>,
    leftOut?: Readonly<Record<string, 0>>,
  ): AsyncIterable<StoredDocument>;
  /** The last document whose id, a UUID v7, was given by a moment (ISO 8601): nearly the last that began by then. */
  lastBegunBy(collection: string, moment: string): Promise<string | undefined>;
  drop(collection: string): Promise<void>;
}

export interface Advance {
  readonly id: string;
  readonly epoch: number;
  readonly progress: Progress;
  readonly pending: PlannedProgress | null;
}

export interface CheckpointStore {
  ensure(records: readonly CheckpointRecord[]): Promise<void>;
  read(builds: readonly string[]): Promise<readonly CheckpointRecord[]>;
  /** Takes over from exactly this owner and epoch; undefined when somebody else was faster. */
  claim(
    id: string,
    seen: { owner: string | null; epoch: number },
    owner: string,
  ): Promise<CheckpointRecord | undefined>;
  release(id: string, epoch: number): Promise<void>;
  /** Compare-and-set by epoch. @throws PartitionLostError when any of them has another epoch */
  advance(advances: readonly Advance[]): Promise<void>;
  remove(build: string): Promise<void>;
}

/** What a change of a build takes for granted. */
export type BuildSeen = Pick<BuildRecord, 'state'> & Partial<Pick<BuildRecord, 'createdAt'>>;

export interface BuildStore {
  all(): Promise<readonly BuildRecord[]>;
  /** False when it is there already. */
  create(record: BuildRecord): Promise<boolean>;
  /** Compare-and-set: only while it is as it was seen. False when it no longer is. */
  update(key: string, seen: BuildSeen, change: Partial<BuildRecord>): Promise<boolean>;
  /** Only while it catches up; a live one goes on. */
  fail(key: string, failure: string): Promise<void>;
  active(): Promise<readonly ActiveBuild[]>;
  /** Creates the alias if the projection has none yet. */
  activateFirst(active: ActiveBuild): Promise<void>;
  /** Compare-and-set of the alias. False when it no longer points to `from`. */
  switchActive(from: ActiveBuild, to: ActiveBuild): Promise<boolean>;
}

export interface MemberStore {
  all(): Promise<readonly MemberRecord[]>;
  beat(member: MemberRecord): Promise<void>;
  remove(id: string): Promise<void>;
}

export interface ParkedStore {
  /** Keeps what is there under the same id. */
  park(collection: string, events: readonly ParkedEvent[]): Promise<void>;
  /** The position from which on each of these complaints is parked. */
  parkedFrom(collection: string, complaintIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  ofComplaint(collection: string, complaintId: string): AsyncIterable<ParkedEvent>;
  page(collection: string, after: string | undefined, limit: number): Promise<readonly ParkedEvent[]>;
  find(collection: string, id: string): Promise<ParkedEvent | undefined>;
  remove(collection: string, ids: readonly string[]): Promise<void>;
  drop(collection: string): Promise<void>;
}

export interface RequestStore {
  add(request: ProjectionRequest): Promise<void>;
  open(builds: readonly string[]): Promise<readonly ProjectionRequest[]>;
  get(id: string): Promise<ProjectionRequest | undefined>;
  finish(id: string, state: 'done' | 'refused', answer: string): Promise<void>;
  /** Newest first. */
  latest(projection: string, limit: number): Promise<readonly ProjectionRequest[]>;
  /** Skips decided for any version of the projection, audited and for good. */
  skips(projection: string): Promise<readonly ProjectionRequest[]>;
}

/** Everything the engine keeps outside the log. One write touches one document: no transactions anywhere. */
export interface ProjectionStore {
  readonly documents: DocumentStore;
  readonly checkpoints: CheckpointStore;
  readonly builds: BuildStore;
  readonly members: MemberStore;
  readonly parked: ParkedStore;
  readonly requests: RequestStore;
}
