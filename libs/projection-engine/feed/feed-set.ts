import type { BuildRecord } from '../builds/build-records.js';
import { claim, type OwnedPartition, type OwnershipChange } from '../membership/ownership.js';
import type { LaneReport } from '../progress/lane-report.js';
import type { ProjectorContext } from '../projector-context.js';
import { SupervisedFeed } from './supervised-feed.js';

/** Builds at the head share one subscription; those that catch up have another, rebuilds one each. */
export function feedNameOf(build: BuildRecord): string {
  if (build.state === 'live') return 'live';
  return build.onPoison === 'fail' ? build._id : 'catching-up';
}

/** The feeds of this process, re-cut when partitions come or go or a build arrives at the head. */
export class FeedSet {
  private readonly feeds = new Map<string, SupervisedFeed>();
  private readonly owned = new Map<string, OwnedPartition>();

  constructor(
    private readonly context: ProjectorContext,
    private readonly onPoison: (build: string, reason: string) => Promise<void>,
  ) {}

  get partitions(): ReadonlyMap<string, OwnedPartition> {
    return this.owned;
  }

  async apply(builds: readonly BuildRecord[], change: OwnershipChange): Promise<void> {
    const touched = new Set([
      ...change.leave.map(({ build }) => build),
      ...change.take.map(({ build }) => build),
    ]);
    const wanted = byFeed(builds);
    const stale = [...this.feeds].filter(([name, feed]) => {
      const now = wanted.get(name) ?? [];
      return !sameBuilds(feed.builds, now) || now.some(({ _id }) => touched.has(_id));
    });
    await Promise.all(stale.map(([, feed]) => feed.stop()));
    for (const [name] of stale) this.feeds.delete(name);

    const { store, memberId } = this.context;
    for (const { id, epoch } of change.leave) {
      this.owned.delete(id);
      await store.checkpoints.release(id, epoch);
    }
    for (const partition of await claim(store, memberId, change.take))
      this.owned.set(partition.id, partition);

    for (const [name, group] of wanted) {
      const keys = new Set(group.map(({ _id }) => _id));
      const owned = [...this.owned.values()].filter(({ build }) => keys.has(build));
      if (this.feeds.has(name) || owned.length === 0) continue;
      this.feeds.set(name, new SupervisedFeed(this.context, group, owned, this.onPoison));
    }
  }

  /**
   * Ends feeds of which a call to a store stayed without an answer. What they asked for may still be done, so their
   * partitions are claimed anew: from then on the epoch keeps out whatever comes late.
   */
  async letGoOfTheLost(): Promise<void> {
    for (const [name, feed] of this.feeds) {
      if (!feed.isLost) continue;
      await feed.stop();
      this.feeds.delete(name);
      for (const { id } of feed.owned) this.owned.delete(id);
    }
  }

  observeHead(head: string | undefined): void {
    for (const feed of this.feeds.values()) feed.observeHead(head);
  }

  feedOf(build: string): SupervisedFeed | undefined {
    return [...this.feeds.values()].find(({ builds }) => builds.some(({ _id }) => _id === build));
  }

  reports(): readonly LaneReport[] {
    return [...this.feeds.values()].flatMap((feed) => feed.reports());
  }

  async stop(): Promise<void> {
    await Promise.all([...this.feeds.values()].map((feed) => feed.stop()));
    this.feeds.clear();
    for (const { id, epoch } of this.owned.values()) await this.context.store.checkpoints.release(id, epoch);
    this.owned.clear();
  }
}

function byFeed(builds: readonly BuildRecord[]): Map<string, BuildRecord[]> {
  const feeds = new Map<string, BuildRecord[]>();
  for (const build of builds) feeds.set(feedNameOf(build), [...(feeds.get(feedNameOf(build)) ?? []), build]);
  return feeds;
}

function sameBuilds(left: readonly BuildRecord[], right: readonly BuildRecord[]): boolean {
  return left.length === right.length && left.every(({ _id }) => right.some((build) => build._id === _id));
}
