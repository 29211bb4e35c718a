import type { GlobalPosition } from '#libs/event-contracts/index.js';
import type { EventStore } from '#libs/event-store/event-store.port.js';
import { buildCollection, buildKey, type BuildId } from '../builds/build-id.js';
import type { CheckpointRecord } from '../builds/checkpoint-record.js';
import { addToDigest, documentHash, sumDigests } from '../documents/digest.js';
import { foldComplaint } from '../fold/fold-complaint.js';
import { LogFold } from '../fold/log-fold.js';
import { runnable, type RunnableProjection } from '../fold/runnable-projection.js';
import type { Skips } from '../fold/skips.js';
import { partitionOf } from '../membership/partition-of.js';
import { loadSkips } from '../parked/load-skips.js';
import { lowestPosition } from '../progress/projection-status.js';
import type { AnyProjection } from '../projection.js';
import type { ProjectionStore, StoredDocument } from '../store/projection-store.port.js';

export interface Verification {
  /** How far the log was folded anew. */
  readonly position: GlobalPosition | null;
  readonly documents: number;
  /** Ids of the first hundred of each kind. */
  readonly corrupted: readonly string[];
  readonly missing: readonly string[];
  readonly superfluous: readonly string[];
  readonly findings: number;
  /** Of the documents as they are, and as the engine has kept count; null when the engine was amid a batch, or went on. */
  readonly digest: { readonly documents: string; readonly kept: string | null };
  /** How many documents the engine has kept count of; null as above. */
  readonly keptCount: number | null;
  readonly sound: boolean;
}

export interface VerifyOptions {
  readonly store: ProjectionStore;
  readonly log: EventStore;
  readonly projection: AnyProjection;
  readonly build?: number;
  /** Documents folded in memory at a time; the log is read once for each such part. Default 50 000. */
  readonly documentsAtATime?: number;
}

const named = 100;

/**
 * Folds the log anew and compares document by document. Runs beside a live projector: what differs because it has moved
 * on meanwhile is folded again up to where it stands now.
 */
export async function verifyProjection(options: VerifyOptions): Promise<Verification> {
  const { store, projection } = options;
  const id: BuildId = { name: projection.name, version: projection.version, build: options.build ?? 0 };
  const runs = runnable(projection);
  const before = await store.checkpoints.read([buildKey(id)]);
  const position = lowestPosition(before);
  const check = new Check(options, id, runs, await loadSkips(store, id), before);
  const count = before.reduce((sum, { documents }) => sum + documents, 0);
  const parts = Math.max(1, Math.ceil(count / (options.documentsAtATime ?? 50_000)));
  for (let part = 0; part < parts; part++) await check.part(part, parts, position);

  const after = await store.checkpoints.read([buildKey(id)]);
  // With a batch under way, be it that of a process that was killed, documents may be ahead of what is kept.
  const still =
    after.every(({ pending }) => pending === null) &&
    JSON.stringify(before.map(signature)) === JSON.stringify(after.map(signature));
  return check.result(position, still ? after : null);
}

function signature({ _id, position, digest }: CheckpointRecord): unknown[] {
  return [_id, position, digest];
}

class Check {
  private documents = 0;
  private digest = '0'.repeat(64);
  private readonly found = { corrupted: new Finding(), missing: new Finding(), superfluous: new Finding() };

  constructor(
    private readonly options: VerifyOptions,
    private readonly id: BuildId,
    private readonly runs: RunnableProjection,
    private readonly skips: Skips,
    private readonly records: readonly CheckpointRecord[],
  ) {}

  async part(part: number, parts: number, until: GlobalPosition | null): Promise<void> {
    const belongs = (complaintId: string) => partitionOf(complaintId, parts) === part;
    const expected = await this.fold(belongs, until);
    for await (const document of this.options.store.documents.scan(buildCollection(this.id))) {
      if (!belongs(document._id)) continue;
      this.documents += 1;
      const hash = documentHash(document);
      this.digest = addToDigest(this.digest, hash);
      const wanted = expected.get(document._id);
      expected.delete(document._id);
      if (wanted !== hash) await this.lookAgain(document, hash);
    }
    for (const id of expected.keys()) await this.lookForMissing(id);
  }

  /** @param records of the partitions, when they stand where they stood */
  result(position: GlobalPosition | null, records: readonly CheckpointRecord[] | null): Verification {
    const { corrupted, missing, superfluous } = this.found;
    const kept = records && sumDigests(records.map(({ digest }) => digest));
    const keptCount = records && records.reduce((sum, { documents }) => sum + documents, 0);
    const isKeptRight = records === null || (kept === this.digest && keptCount === this.documents);
    const findings = corrupted.count + missing.count + superfluous.count;
    return {
      position,
      documents: this.documents,
      corrupted: corrupted.ids,
      missing: missing.ids,
      superfluous: superfluous.ids,
      findings,
      digest: { documents: this.digest, kept },
      keptCount,
      sound: findings === 0 && isKeptRight,
    };
  }

  /** Hashes of the documents that there should be; the documents themselves are not kept. */
  private async fold(
    belongs: (complaintId: string) => boolean,
    until: GlobalPosition | null,
  ): Promise<Map<string, bigint>> {
    const hashes = new Map<string, bigint>();
    if (until === null) return hashes;
    const fold = new LogFold(this.runs, this.skips, belongs);
    for await (const message of this.options.log.readLog({ prefixes: this.runs.prefixes, until })) {
      if (message.kind !== 'position') fold.apply(message);
    }
    for (const [id, { state }] of fold.complaints) {
      if (state.document) hashes.set(id, documentHash(state.document));
    }
    return hashes;
  }

  /** Different from the fold up to the common position: because it has moved on, or because it is wrong. */
  private async lookAgain(document: StoredDocument, hash: bigint): Promise<void> {
    const wanted = await this.refolded(document._id, this.leastOf(document));
    if (wanted === hash) return;
    const [now] = await this.options.store.documents.load(buildCollection(this.id), [document._id]);
    if (!now) return;
    const nowHash = documentHash(now);
    if (nowHash !== hash && (await this.refolded(now._id, this.leastOf(now))) === nowHash) return;
    (wanted === undefined ? this.found.superfluous : this.found.corrupted).add(document._id);
  }

  /** What it must hold at least: what its partition said when we began. One that stood still since is wrong, too. */
  private leastOf({ _id, position }: StoredDocument): GlobalPosition {
    const record = this.records.find(({ partition }) => partition === partitionOf(_id, this.records.length));
    const promised = record?.position ?? '';
    return position > promised ? position : promised;
  }

  private async lookForMissing(id: string): Promise<void> {
    const [now] = await this.options.store.documents.load(buildCollection(this.id), [id]);
    if (now) {
      // Written since the scan passed: checked like any other.
      await this.lookAgain(now, documentHash(now));
      return;
    }
    const position = lowestPosition(await this.options.store.checkpoints.read([buildKey(this.id)]));
    if (position !== null && (await this.refolded(id, position)) !== undefined) this.found.missing.add(id);
  }

  private async refolded(complaintId: string, until: GlobalPosition): Promise<bigint | undefined> {
    const { log } = this.options;
    const fold = await foldComplaint({ log, runs: this.runs, skips: this.skips, complaintId, until });
    return fold.state.document ? documentHash(fold.state.document) : undefined;
  }
}

class Finding {
  readonly ids: string[] = [];
  count = 0;

  add(id: string): void {
    this.count += 1;
    if (this.ids.length < named) this.ids.push(id);
  }
}
