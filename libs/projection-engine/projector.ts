import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { advanceBuilds } from './builds/build-lifecycle.js';
import { prepareBuilds } from './builds/prepare-builds.js';
import type { BuildRecord } from './builds/build-records.js';
import { versionKey } from './builds/build-id.js';
import { SILENT } from './engine-log.port.js';
import { pause } from './feed/back-off.js';
import { FeedSet } from './feed/feed-set.js';
import { refuseForeignLog } from './feed/open-lanes.js';
import { runnableRegistry } from './fold/runnable-projection.js';
import { goneFromThisHost, LiveMembers } from './membership/live-members.js';
import { ownershipChange } from './membership/ownership.js';
import { answerRequests } from './parked/answer-requests.js';
import type { LaneReport } from './progress/lane-report.js';
import { NOBODY } from './projection-observer.port.js';
import { BuildTallies } from './progress/build-tally.js';
import type { ProjectorContext } from './projector-context.js';
import { DEFAULT_TUNING, type ProjectorOptions } from './projector-options.js';
import { answered, answeringLog, answeringStore } from './store/answering-stores.js';

export interface Projector {
  readonly memberId: string;
  /** How the builds fare in this process. */
  reports(): readonly LaneReport[];
  /** Calls back whenever stored progress of this process has moved. Returns the way to stop that. */
  onAdvance(listener: () => void): () => void;
  /** Everything delivered is stored and the partitions are free for others when this returns. */
  stop(): Promise<void>;
}

/**
 * Runs the projections until stopped, together with any other process that does the same on the same stores.
 * @throws TypeError for a registry that contradicts itself, ForeignLogError when stores do not belong together
 */
export async function startProjector(options: ProjectorOptions): Promise<Projector> {
  const registry = runnableRegistry(options.projections);
  const listeners = new Set<() => void>();
  const tuning = { ...DEFAULT_TUNING, ...options.tuning };
  const context: ProjectorContext = {
    log: answeringLog(options.log, tuning.answerMs),
    store: answeringStore(options.store, tuning.answerMs),
    logger: options.logger ?? SILENT,
    observer: options.observer ?? NOBODY,
    tallies: new BuildTallies(),
    tuning,
    registry,
    memberId: randomUUID(),
    prefixes: [...new Set([...registry.values()].flatMap(({ prefixes }) => prefixes))],
    onAdvance: () => {
      for (const listener of listeners) listener();
    },
  };
  await prepareBuilds(context);
  await refuseForeignLogs(context);
  const running = new RunningProjector(context, listeners);
  await running.begin();
  return running;
}

async function refuseForeignLogs(context: ProjectorContext): Promise<void> {
  const builds = await context.store.builds.all();
  const records = await context.store.checkpoints.read(builds.map(({ _id }) => _id));
  for (const build of builds) {
    const runs = context.registry.get(versionKey(build));
    if (!runs) continue;
    await refuseForeignLog(
      context,
      build._id,
      records.filter((record) => record.build === build._id),
    );
  }
}

class RunningProjector implements Projector {
  private readonly feeds: FeedSet;
  private readonly members: LiveMembers;
  private readonly stopping = new AbortController();
  private readonly self = { host: hostname(), pid: process.pid, startedAt: new Date().toISOString() };
  private ended: Promise<void> = Promise.resolve();
  private beats = 0;
  private headSeenAt: string | null = null;

  constructor(
    private readonly context: ProjectorContext,
    private readonly listeners: Set<() => void>,
  ) {
    this.feeds = new FeedSet(context, (build, failure) => context.store.builds.fail(build, failure));
    this.members = new LiveMembers(
      context.tuning.leaseMs,
      goneFromThisHost({ id: context.memberId, ...this.self }),
    );
  }

  get memberId(): string {
    return this.context.memberId;
  }

  async begin(): Promise<void> {
    await this.tick();
    this.ended = this.tickOn();
  }

  reports(): readonly LaneReport[] {
    return this.feeds.reports();
  }

  onAdvance(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.ended;
    await this.feeds.stop();
    await this.context.store.members.remove(this.memberId);
  }

  private async tickOn(): Promise<void> {
    const { signal } = this.stopping;
    await pause(this.context.tuning.beatMs, signal);
    while (!signal.aborted) {
      try {
        await this.tick();
      } catch (error) {
        // The feeds supervise themselves; what this round did not do, the next one does.
        this.context.logger.warn({ err: error }, 'projector could not look after its partitions');
      }
      await pause(this.context.tuning.beatMs, signal);
    }
  }

  private async tick(): Promise<void> {
    const { store, log, tuning } = this.context;
    await this.beat();
    const { live, dead } = this.members.observe(await store.members.all(), performance.now());
    for (const { _id } of dead) if (_id !== this.memberId) await store.members.remove(_id);
    // Sooner than a lease is over: while the log is silent this process goes on beating, and keeps what it owns.
    const head = await answered(log.head(this.context.prefixes), tuning.leaseMs / 2, 'the head of the log');
    this.headSeenAt = new Date().toISOString();
    await this.feeds.letGoOfTheLost();
    const builds = await store.builds.all();
    const records = await store.checkpoints.read(builds.map(({ _id }) => _id));
    const liveIds = new Set(live.map(({ _id }) => _id));
    await advanceBuilds(this.context, { builds, records, head, live: liveIds });
    const running = (await store.builds.all()).filter((build) => this.canRun(build));
    const change = ownershipChange(this.memberId, this.feeds.partitions, running, live, records);
    await this.feeds.apply(running, change);
    this.feeds.observeHead(head);
    await answerRequests(this.context, this.feeds);
  }

  private async beat(): Promise<void> {
    this.beats += 1;
    await this.context.store.members.beat({
      _id: this.memberId,
      ...this.self,
      beat: this.beats,
      runs: [...this.context.registry.keys()],
      headSeenAt: this.headSeenAt,
      reports: this.feeds.reports(),
    });
  }

  private canRun(build: BuildRecord): boolean {
    return (
      this.context.registry.has(versionKey(build)) &&
      (build.state === 'catching-up' || build.state === 'live')
    );
  }
}
