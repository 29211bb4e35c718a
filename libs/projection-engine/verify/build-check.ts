import type { GlobalPosition } from '#libs/event-contracts/index.js';
import { buildCollection, buildKey } from '../builds/build-id.js';
import type { CheckpointRecord } from '../builds/checkpoint-record.js';
import { addToDigest, documentHash, sumDigests } from '../documents/digest.js';
import { ContextHistory } from '../fold/context-history.js';
import type { DeliveredEvent } from '../fold/delivered-event.js';
import { LogFold } from '../fold/log-fold.js';
import { runnable } from '../fold/runnable-projection.js';
import { loadSkips } from '../parked/load-skips.js';
import { lowestPosition } from '../progress/projection-status.js';
import type { AnyProjection } from '../projection.js';
import type { StoredDocument } from '../store/projection-store.port.js';
import { IdSums } from './id-sums.js';
import type { Stores, VerifiedBuild } from './judge-complaints.js';
import { Findings, type Verification } from './verification.js';

/**
 * One build held against the log that passes by. What equals its document when nothing more is to come of the complaint
 * is right; everything else is a doubt, and is looked at by itself in the end.
 */
export class BuildCheck {
  readonly findings = new Findings();
  /** Hashes of the documents of complaints that are held. */
  private readonly hashes = new Map<string, bigint>();
  /** Documents of complaints that the log has. */
  private readonly met = new IdSums();
  private readonly collection: string;

  private constructor(
    private readonly stores: Stores,
    readonly build: VerifiedBuild & { readonly doubts: Set<string> },
    private readonly fold: LogFold,
    /** All partitions have absorbed everything up to here. */
    readonly position: GlobalPosition | null,
    private readonly contexts: ContextHistory | undefined,
  ) {
    this.collection = buildCollection(build.id);
  }

  static async of(stores: Stores, projection: AnyProjection, build: number): Promise<BuildCheck> {
    const id = { name: projection.name, version: projection.version, build };
    const runs = runnable(projection);
    const records = await stores.store.checkpoints.read([buildKey(id)]);
    const position = lowestPosition(records);
    const known = (await stores.store.builds.all()).find(({ _id }) => _id === buildKey(id));
    const partitioning = known ?? { partitions: records.length };
    const skips = await loadSkips(stores.store, id);
    const contexts =
      runs.refolds && position !== null
        ? await ContextHistory.read(stores.log, runs, skips, position)
        : undefined;
    const fold = new LogFold(runs, skips, () => true);
    return new BuildCheck(stores, { id, runs, partitioning, doubts: new Set() }, fold, position, contexts);
  }

  apply(message: DeliveredEvent): void {
    if (this.reaches(message)) this.fold.apply(message);
  }

  /** An event of a complaint that is held no more. */
  doubt(complaintId: string, message: DeliveredEvent): void {
    if (this.reaches(message)) this.build.doubts.add(complaintId);
  }

  /** Loads their documents, once in the course of a check. @returns where these stand */
  async look(complaintIds: readonly string[]): Promise<ReadonlyMap<string, GlobalPosition>> {
    const documents = await this.stores.store.documents.load(this.collection, complaintIds);
    for (const document of documents) {
      this.met.add(document._id);
      this.hashes.set(document._id, documentHash(document));
      if (this.willBeRefolded(document)) this.build.doubts.add(document._id);
    }
    return new Map(documents.map(({ _id, position }) => [_id, position]));
  }

  /** Nothing more is to come of them. */
  compare(complaintIds: readonly string[]): void {
    for (const id of complaintIds) {
      const folded = this.fold.complaints.get(id)?.state.document;
      const hash = folded ? documentHash(folded) : undefined;
      if (hash !== this.hashes.get(id)) this.build.doubts.add(id);
      this.forget(id);
    }
  }

  /** There is no room to wait for what is to come of them. */
  letGo(complaintIds: readonly string[]): void {
    for (const id of complaintIds) {
      this.build.doubts.add(id);
      this.forget(id);
    }
  }

  /** New doubts: documents that were not there when their complaint was looked at, written since or of no complaint. */
  async *strangers(scanned: Scanned): AsyncGenerator<string> {
    if (scanned.ids.equals(this.met)) return;
    for await (const { _id } of this.stores.store.documents.scan(this.collection)) {
      if (!scanned.ids.differsAt(_id, this.met) || this.build.doubts.has(_id)) continue;
      this.build.doubts.add(_id);
      yield _id;
    }
  }

  async scan(): Promise<Scanned> {
    const ids = new IdSums();
    let documents = 0;
    let digest = '0'.repeat(64);
    const before = await this.checkpoints();
    for await (const document of this.stores.store.documents.scan(this.collection)) {
      documents += 1;
      digest = addToDigest(digest, documentHash(document));
      ids.add(document._id);
    }
    const after = await this.checkpoints();
    // With a batch under way, be it that of a process that was killed, documents may be ahead of what is kept.
    const isStill =
      after.every(({ pending }) => pending === null) &&
      JSON.stringify(before.map(signature)) === JSON.stringify(after.map(signature));
    return { ids, documents, digest, records: isStill ? after : null };
  }

  result({ documents, digest, records }: Scanned): Verification {
    const { findings, position } = this;
    const kept = records && sumDigests(records.map((record) => record.digest));
    const keptCount = records && records.reduce((sum, record) => sum + record.documents, 0);
    const isKeptRight = records === null || (kept === digest && keptCount === documents);
    return {
      position,
      documents,
      corrupted: findings.named('corrupted'),
      missing: findings.named('missing'),
      superfluous: findings.named('superfluous'),
      findings: findings.count,
      digest: { documents: digest, kept },
      keptCount,
      sound: findings.count === 0 && isKeptRight,
    };
  }

  private forget(id: string): void {
    this.fold.forget(id);
    this.hashes.delete(id);
  }

  private reaches({ event }: DeliveredEvent): boolean {
    return this.position !== null && event.position <= this.position;
  }

  /** A change of the context lies behind it that it should have absorbed: no event of the complaint may bring that up. */
  private willBeRefolded(document: StoredDocument): boolean {
    const { contexts, build } = this;
    if (!contexts || !build.runs.refolds?.(document)) return false;
    return contexts.countThrough(document.position) < contexts.length;
  }

  private checkpoints(): Promise<readonly CheckpointRecord[]> {
    return this.stores.store.checkpoints.read([buildKey(this.build.id)]);
  }
}

export interface Scanned {
  readonly ids: IdSums;
  readonly documents: number;
  readonly digest: string;
  /** Of the partitions, when they stand still. */
  readonly records: readonly CheckpointRecord[] | null;
}

function signature({ _id, position, digest }: CheckpointRecord): unknown[] {
  return [_id, position, digest];
}
