import type { FeedSet } from '../feed/feed-set.js';
import { partitionOf } from '../membership/partition-of.js';
import type { ProjectorContext } from '../projector-context.js';

/** Does what was asked of parked complaints, where this process owns their partition. */
export async function answerRequests(context: ProjectorContext, feeds: FeedSet): Promise<void> {
  const builds = [...new Set([...feeds.partitions.values()].map(({ build }) => build))];
  if (builds.length === 0) return;
  for (const request of await context.store.requests.open(builds)) {
    const feed = feeds.feedOf(request.build);
    const build = feed?.builds.find(({ _id }) => _id === request.build);
    if (!feed || !build) continue;
    const partition = partitionOf(request.complaintId, build);
    if (!feed.owned.some((owned) => owned.build === build._id && owned.partition === partition)) continue;
    const skip = request.kind === 'skip' ? request : undefined;
    feed.heal(build._id, request.complaintId, skip, (answer) =>
      context.store.requests.finish(request._id, 'done', answer),
    );
  }
}
