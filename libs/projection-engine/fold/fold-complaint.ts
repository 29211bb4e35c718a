import { complaintStream, type GlobalPosition } from '#libs/event-contracts/index.js';
import type { EventStore } from '#libs/event-store/event-store.port.js';
import { ContextHistory } from './context-history.js';
import type { DeliveredEvent } from './delivered-event.js';
import { UNTOUCHED } from './document-state.js';
import { LogFold, type CleanFold } from './log-fold.js';
import type { RunnableProjection } from './runnable-projection.js';
import type { Skips } from './skips.js';

export interface ComplaintFoldRequest {
  readonly log: Pick<EventStore, 'readLog' | 'readStream'>;
  readonly runs: RunnableProjection;
  readonly complaintId: string;
  readonly skips: Skips;
  /** Inclusive; default: all there is. */
  readonly until?: GlobalPosition;
  /** Exclusive. */
  readonly before?: GlobalPosition;
  /** Ends at the first event of the complaint that is not. */
  readonly wanted?: (event: DeliveredEvent['event']) => boolean;
  /** Of the same range or more, for who folds many; default: read for this one. */
  readonly contexts?: ContextHistory;
}

/** One complaint from its first event, with the context as it grew beside it. Reads the stream and the context only. */
export async function foldComplaint(request: ComplaintFoldRequest): Promise<CleanFold> {
  const { log, runs, skips, complaintId, until, before, wanted = () => true } = request;
  const contexts = request.contexts ?? (await ContextHistory.read(log, runs, skips, until ?? before));
  const inRange = ({ position }: DeliveredEvent['event']) =>
    (until === undefined || position <= until) && (before === undefined || position < before);
  let fold: LogFold | undefined;
  let seen = 0;
  let isOver = false;
  // Read to its end, whatever is wanted of it: a connection does not outlive a thousand calls that are cancelled.
  for await (const message of log.readStream(complaintStream(complaintId))) {
    if (message.kind === 'position' || isOver) continue;
    isOver = !inRange(message.event) || !wanted(message.event);
    if (isOver) continue;
    const here = contexts.countBefore(message.event.position);
    if (!fold) {
      fold = new LogFold(runs, skips, (id) => id === complaintId, contexts.after(here));
      seen = here;
    }
    for (const change of contexts.between(seen, here)) fold.apply(change);
    fold.apply(message);
    seen = here;
  }
  if (!fold) return { state: UNTOUCHED };
  const end = endOf(contexts, until, before);
  for (const change of contexts.between(seen, end)) fold.apply(change);
  return fold.complaints.get(complaintId) ?? { state: UNTOUCHED };
}

function endOf(
  contexts: ContextHistory,
  until: GlobalPosition | undefined,
  before: GlobalPosition | undefined,
) {
  const through = until === undefined ? contexts.length : contexts.countThrough(until);
  return before === undefined ? through : Math.min(through, contexts.countBefore(before));
}
