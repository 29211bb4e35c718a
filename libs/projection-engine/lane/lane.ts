import type { LogMessage } from '#libs/event-store/event-store.port.js';
import { buildCollection, buildKey, parkedCollection } from '../builds/build-id.js';
import { failsAtPoison } from '../builds/build-records.js';
import type { CheckpointRecord, PlannedProgress } from '../builds/checkpoint-record.js';
import type { Share } from '../feed/narrowed-streams.js';
import { reasonOf } from '../fold/absorb.js';
import type { Arrival, DeliveredEvent } from '../fold/delivered-event.js';
import type { SkippedEvent } from '../fold/skips.js';
import { partitionOf } from '../membership/partition-of.js';
import { parkedEvent } from '../parked/park-event.js';
import { CONTEXT, parkedId } from '../parked/parked-event.js';
import type { Advance } from '../store/projection-store.port.js';
import { BatchPlan } from './batch-plan.js';
import { Breather } from './breather.js';
import { poisoned, type OwnedEntry } from './complaint-folding.js';
import { DocumentStates } from './document-states.js';
import { foldedAtOnce } from './fold-at-once.js';
import { byComplaint, foldInto } from './fold-into.js';
import { healComplaint } from './heal-complaint.js';
import type { LaneContext } from './lane-context.js';
import { advanceOf, partitionFrom, progressOf, type Partition } from './partition.js';
import { refoldDocuments } from './refold-documents.js';

export interface Batch {
  readonly events: readonly Arrival[];
  readonly bytes: number;
  /** Everything up to here has been delivered. */
  readonly end: string;
}

interface Reached {
  readonly end: string;
  /** The last event at or before `end` that concerns the projection; undefined when none was delivered yet. */
  readonly lastEvent: string | undefined;
}

/**
 * One build in this process, with the partitions that it owns: plans a batch while the one before is being written.
 * Any error leaves the lane unusable: whoever drives it makes a new one from the stored checkpoints.
 */
export class Lane {
  readonly key: string;
  private readonly partitions = new Map<number, Partition>();
  private readonly states: DocumentStates;
  private context: unknown;
  private contextPosition = '';
  private seen = '';
  /** Of those that concern the projection: processes of other releases may follow streams that it knows nothing of. */
  private lastEvent: string | undefined;
  /** Folded, but not on its way to the store yet. */
  private growing: BatchPlan | undefined;
  private reached: Reached | undefined;
  private flight: Promise<void> = Promise.resolve();
  private isFlying = false;

  constructor(
    private readonly lane: LaneContext,
    records: readonly CheckpointRecord[],
  ) {
    this.key = buildKey(lane.build);
    this.states = new DocumentStates(lane);
    this.context = lane.runs.projection.context?.initial;
    for (const record of records) this.partitions.set(record.partition, partitionFrom(record));
  }

  /** The partitions that are folded here. */
  get share(): Share {
    const { partitions, partitionedBy } = this.lane.build;
    return { partitions, partitionedBy, owned: [...this.partitions.keys()] };
  }

  /** Where the subscription has to begin: nothing before it is missing in any partition. */
  get start(): string | undefined {
    let start: string | undefined;
    for (const { progress } of this.partitions.values()) {
      if (progress.position === null) return undefined;
      if (start === undefined || progress.position < start) start = progress.position;
    }
    return start;
  }

  /** Rebuilds the context as it stood at the start, and finishes what a predecessor left in the middle of a heal. */
  async open(): Promise<void> {
    const { start } = this;
    const prefixes = this.lane.runs.projection.context?.prefixes;
    if (start !== undefined && prefixes) {
      for await (const message of this.lane.log.readLog({ prefixes, until: start })) {
        // What could not be folded when it came was parked then, and left the context as it was.
        this.contextFault(message);
      }
      this.contextPosition = start;
    }
    for (const partition of this.partitions.values()) {
      if (partition.unfinished?.cause.kind === 'heal') {
        await this.heal(partition.unfinished.cause.complaintId);
      }
    }
  }

  async run(batch: Batch): Promise<void> {
    let segment: OwnedEntry[] = [];
    let foldedAlready = 0;
    const breather = new Breather();
    for (const { message, complaintId } of batch.events) {
      const breath = breather.breath();
      if (breath) await breath;
      const { streamId, position } = message.event;
      // A log that delivers an event twice delivers it late: positions only ever grow.
      if (position <= this.seen) continue;
      this.seen = position;
      const isOfContext = complaintId === undefined && this.lane.runs.isContext(streamId);
      if (complaintId !== undefined || isOfContext) this.lastEvent = position;
      if (complaintId !== undefined) {
        const partition = this.partitions.get(partitionOf(complaintId, this.lane.build));
        if (!partition || position <= (partition.progress.position ?? '')) continue;
        const entry = { complaintId, partition, message, context: this.context };
        if (foldedAtOnce(this.lane, this.growing, entry)) {
          this.note(message);
          foldedAlready += 1;
        } else {
          segment.push(entry);
        }
      } else if (isOfContext && position > this.contextPosition) {
        if (this.lane.runs.refolds && this.hasDocuments(segment)) {
          await this.fold(segment);
          segment = [];
          await this.contextEvent(message, true);
        } else {
          await this.contextEvent(message, false);
        }
      }
    }
    const { end, bytes } = batch;
    this.reached = { end, lastEvent: this.lastEvent };
    this.lane.tally.events(foldedAlready);
    if ((await this.fold(segment)) + foldedAlready > 0) await this.grow(bytes);
    if (!this.growing) this.moveTo(this.reached);
  }

  /**
   * Sends what has been folded on its way to the store, without waiting for its arrival. Where there is nothing to write
   * and nothing on its way, the progress is stored: nobody shall wait for a batch that may be long in coming.
   */
  async advance(): Promise<void> {
    await this.depart();
    if (!this.isFlying) await this.settle();
  }

  /** Until everything folded is written and the progress stored. */
  async settle(): Promise<void> {
    await this.depart();
    await this.flight;
    await this.store(this.moved());
  }

  /** Until nothing of this lane is being written any more, well or badly. */
  async settled(): Promise<void> {
    await this.flight.catch(() => undefined);
  }

  /** Folds a parked complaint anew, after its event was skipped or its cause removed. */
  async heal(complaintId: string, skip?: SkippedEvent): Promise<string> {
    await this.settle();
    if (skip !== undefined) this.lane.skips.add(skip);
    if (complaintId === CONTEXT) return await this.forgetContextEvent(skip);
    const partition = this.partitions.get(partitionOf(complaintId, this.lane.build));
    if (!partition) return 'The complaint is not in a partition of this process.';
    this.states.forget();
    return await healComplaint(this.lane, partition, complaintId, (advance) => this.store([advance]));
  }

  /** Returns how many events were new to the batch. */
  private async fold(entries: readonly OwnedEntry[]): Promise<number> {
    const fresh = await this.finishUnfinished(entries);
    if (fresh.length === 0) return 0;
    const groups = byComplaint(fresh);
    const plan = (this.growing ??= new BatchPlan());
    await foldInto(plan, this.lane, this.states, groups, await this.states.before(plan, groups));
    this.lane.tally.events(fresh.length);
    for (const { message } of fresh) this.note(message);
    return fresh.length;
  }

  private note({ event }: DeliveredEvent): void {
    if (this.lane.build.state === 'live') this.growing?.appendedAt.push(Date.parse(event.recordedAt));
  }

  private async grow(bytes: number): Promise<void> {
    const plan = this.growing;
    if (!plan) return;
    plan.bytes += bytes;
    const { batchDocuments, batchEvents, batchBytes } = this.lane;
    if (plan.documents >= batchDocuments || plan.events >= batchEvents || plan.bytes >= batchBytes)
      await this.depart();
  }

  /** Sends what has been folded on its way to the store, once the batch before has arrived there. */
  private async depart(): Promise<void> {
    const plan = this.growing;
    if (!plan) return;
    this.growing = undefined;
    await plan.seal();
    this.lane.tally.batch(plan.events);
    this.lane.observer.batch(this.lane.build, plan.events);
    if (plan.writesNothing) {
      for (const partition of plan.partitions)
        this.planned(partition, plan.plannedFor(partition, { kind: 'events' }));
      this.states.remember(plan.states);
    } else {
      await this.takeOff(plan);
    }
    if (this.reached) this.moveTo(this.reached);
  }

  /** The plan is stored and then carried out while the next batch is folded; other lanes' writes hold up neither. */
  private async takeOff(plan: BatchPlan): Promise<void> {
    // The one before must be in the store before its progress may be said to be.
    await this.flight;
    const advances: Advance[] = this.moved([...plan.partitions]);
    for (const partition of plan.partitions) {
      const pending = plan.plannedFor(partition, { kind: 'events' });
      advances.push(advanceOf(partition, pending));
      this.planned(partition, pending);
    }
    this.states.depart(plan);
    this.isFlying = true;
    this.flight = this.fly(advances, plan).finally(() => {
      this.isFlying = false;
    });
    // It is awaited by the next batch; an error must not count as unhandled until then.
    this.flight.catch(() => undefined);
  }

  private async fly(advances: readonly Advance[], plan: BatchPlan): Promise<void> {
    await this.store(advances);
    await this.write(plan);
  }

  private planned(partition: Partition, plan: PlannedProgress | null): void {
    if (plan) partition.progress = progressOf(plan);
  }

  private async write(plan: BatchPlan): Promise<void> {
    if (plan.parked.length > 0) {
      await this.lane.store.parked.park(parkedCollection(this.lane.build), plan.parked);
    }
    if (plan.writes.length > 0) {
      await this.lane.store.documents.write(buildCollection(this.lane.build), plan.writes);
    }
    const now = Date.now();
    // Clocks of two machines may differ by more than the lag.
    for (const at of plan.appendedAt)
      this.lane.observer.visible(this.lane.build, Math.max(0, now - at) / 1000);
  }

  /** Repeats a predecessor's last batch up to exactly where it would have ended; returns the entries beyond. */
  private async finishUnfinished(entries: readonly OwnedEntry[]): Promise<readonly OwnedEntry[]> {
    if (![...this.partitions.values()].some(({ unfinished }) => unfinished?.cause.kind === 'events'))
      return entries;
    const beyond: OwnedEntry[] = [];
    for (const entry of entries) {
      const { partition } = entry;
      const { unfinished } = partition;
      const { position } = entry.message.event;
      if (unfinished?.cause.kind !== 'events') {
        beyond.push(entry);
        continue;
      }
      partition.held.push(entry);
      if (position >= unfinished.position) await this.redo(partition);
    }
    return beyond;
  }

  private async redo(partition: Partition): Promise<void> {
    const { unfinished } = partition;
    if (!unfinished) return;
    await this.flight;
    const groups = byComplaint(partition.held as OwnedEntry[]);
    const plan = new BatchPlan();
    await foldInto(plan, this.lane, this.states, groups, await this.states.fromStore(groups), true);
    await this.write(await plan.seal());
    partition.progress = progressOf(unfinished);
    partition.held = [];
    partition.unfinished = null;
    await this.store([advanceOf(partition, null)]);
    this.states.remember(plan.states);
  }

  private async contextEvent(message: DeliveredEvent, withRefold: boolean): Promise<void> {
    const fault = this.contextFault(message);
    if (fault !== undefined) {
      await this.parkContext(message, fault);
      return;
    }
    this.contextPosition = message.event.position;
    if (!withRefold || message.kind === 'undecodable') return;
    if (this.lane.skips.passesOver(CONTEXT, message)) return;
    await this.settle();
    await refoldDocuments(this.lane, this.partitions, message.event, this.context, (advances) =>
      this.store(advances),
    );
    this.states.forget();
  }

  /** Takes the event into the context, or tells why it cannot be. */
  private contextFault(message: LogMessage): string | undefined {
    if (message.kind === 'position' || this.lane.skips.passesOver(CONTEXT, message)) return undefined;
    if (message.kind === 'undecodable') return message.event.reason;
    try {
      this.context = this.lane.runs.projection.context?.evolve(this.context, message.event);
      return undefined;
    } catch (error) {
      return reasonOf(error);
    }
  }

  /** Complaints have flowed on with the context as it was; a decision to leave it at that ends the matter. */
  private async forgetContextEvent(skip: SkippedEvent | undefined): Promise<string> {
    if (skip === undefined) return 'Nothing to do.';
    const id = parkedId(CONTEXT, skip.position);
    await this.lane.store.parked.remove(parkedCollection(this.lane.build), [id]);
    return 'Left out of the context for good.';
  }

  /** The context stays as it was: complaints flow on, and the event is there to be seen. */
  private async parkContext(message: DeliveredEvent, reason: string): Promise<void> {
    if (failsAtPoison(this.lane.build)) throw poisoned(message, reason);
    this.lane.logger.error(
      { build: this.key, reason, position: message.event.position },
      'context event parked',
    );
    const parked = parkedEvent(CONTEXT, message, reason, false);
    await this.lane.store.parked.park(parkedCollection(this.lane.build), [parked]);
  }

  private hasDocuments(segment: readonly OwnedEntry[]): boolean {
    if (segment.length > 0 || this.growing) return true;
    return [...this.partitions.values()].some(
      ({ progress, unfinished }) => progress.documents > 0 || unfinished !== null,
    );
  }

  private moveTo({ end, lastEvent }: Reached): void {
    for (const partition of this.partitions.values()) {
      if (partition.unfinished || end <= (partition.progress.position ?? '')) continue;
      const eventPosition = lastEvent ?? partition.progress.eventPosition;
      partition.progress = { ...partition.progress, position: end, eventPosition };
    }
  }

  private moved(but: readonly Partition[] = []): Advance[] {
    return [...this.partitions.values()]
      .filter((partition) => !partition.unfinished && partition.progress !== partition.stored)
      .filter((partition) => !but.includes(partition))
      .map((partition) => advanceOf(partition, null));
  }

  private async store(advances: readonly Advance[]): Promise<void> {
    if (advances.length === 0) return;
    await this.lane.store.checkpoints.advance(advances);
    for (const { id, progress, pending } of advances) {
      const partition = this.partitionNamed(id);
      // With a plan pending the record is not settled yet, whatever else it says.
      if (partition) partition.stored = pending ? { ...progress } : progress;
    }
    this.lane.onAdvance();
  }

  private partitionNamed(id: string): Partition | undefined {
    return this.partitions.get(Number(id.slice(id.lastIndexOf(':p') + 2)));
  }
}
