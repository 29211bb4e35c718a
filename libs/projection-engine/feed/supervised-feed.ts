import type { BuildRecord } from '../builds/build-records.js';
import { NoAnswerError } from '../engine.errors.js';
import { reasonOf } from '../fold/absorb.js';
import type { SkippedEvent } from '../fold/skips.js';
import type { OwnedPartition } from '../membership/ownership.js';
import type { LaneReport } from '../progress/lane-report.js';
import type { ProjectorContext } from '../projector-context.js';
import { backOffMs, pause } from './back-off.js';
import { Feed, LaneFailedError } from './feed.js';
import { openLanes } from './open-lanes.js';

/**
 * Keeps a feed running: however it ends, unless it was asked to, it is made anew from the stored checkpoints after a
 * pause. Every error counts as passing: which ones are not, only time tells.
 */
export class SupervisedFeed {
  private readonly stopping = new AbortController();
  private readonly ended: Promise<void>;
  private feed: Feed | undefined;
  private state: LaneReport['state'] = 'starting';
  private lastError: string | undefined;
  private lost = false;

  constructor(
    private readonly context: ProjectorContext,
    readonly builds: readonly BuildRecord[],
    readonly owned: readonly OwnedPartition[],
    private readonly onPoison: (build: string, reason: string) => Promise<void>,
  ) {
    this.ended = this.supervise();
  }

  /** It does not know any more what the stores were made to do, and has ended. */
  get isLost(): boolean {
    return this.lost;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.ended;
  }

  observeHead(head: string | undefined): void {
    this.feed?.observeHead(head, performance.now(), this.context.tuning.stallMs);
  }

  /** The skip is known to the lane from now on; false when the feed is not running at the moment. */
  heal(
    build: string,
    complaintId: string,
    skip: SkippedEvent | undefined,
    done: (answer: string) => Promise<void>,
  ): boolean {
    const lane = this.feed?.lanes.find(({ key }) => key === build);
    if (!lane || this.state !== 'running') return false;
    this.feed?.enqueue(async () => {
      await done(await lane.heal(complaintId, skip));
    });
    return true;
  }

  reports(): readonly LaneReport[] {
    return this.builds.map(({ _id }) => {
      const tally = this.context.tallies.of(_id);
      return {
        build: _id,
        state: this.state,
        partitions: this.owned.filter(({ build }) => build === _id).map(({ partition }) => partition),
        eventsPerSecond: tally.eventsPerSecond(),
        lastBatch: tally.lastBatch,
        batches: tally.batches,
        retries: tally.retries,
        repairs: tally.repairs,
        ...(this.lastError === undefined ? {} : { lastError: this.lastError }),
      };
    });
  }

  private async supervise(): Promise<void> {
    const { signal } = this.stopping;
    let failures = 0;
    while (!signal.aborted && !this.lost) {
      try {
        const lanes = await openLanes(this.context, this.builds, this.owned);
        const { bufferEvents: events, bufferBytes: bytes, growMs } = this.context.tuning;
        const { log, prefixes } = this.context;
        this.feed = new Feed(log, prefixes, lanes, { events, bytes, growMs });
        this.state = 'running';
        await this.feed.run(signal);
      } catch (error) {
        if (this.feed && this.feed.deliveries > 0) failures = 0;
        await this.failed(error, failures++);
      }
      this.feed = undefined;
    }
  }

  private async failed(error: unknown, failures: number): Promise<void> {
    this.state = 'backing-off';
    for (const { _id } of this.builds) this.context.tallies.of(_id).retries += 1;
    this.lastError = reasonOf(error);
    this.lost = rootOf(error) instanceof NoAnswerError;
    this.context.logger.warn(
      { err: error, builds: this.builds.map(({ _id }) => _id) },
      'projections stopped; going on from the stored checkpoints',
    );
    try {
      if (error instanceof LaneFailedError && error.isPoison) await this.onPoison(error.build, error.message);
    } catch (unrecorded) {
      this.context.logger.error(
        { err: unrecorded },
        'a failed rebuild could not be recorded; tried again with the next attempt',
      );
    }
    if (this.lost) return;
    await pause(backOffMs(failures, Math.random(), this.context.tuning.backOffBaseMs), this.stopping.signal);
  }
}

function rootOf(error: unknown): unknown {
  return error instanceof LaneFailedError ? error.cause : error;
}
