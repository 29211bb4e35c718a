import { complaintStream, type GlobalPosition } from '#libs/event-contracts/index.js';
import type { EventStore, LogMessage } from '#libs/event-store/event-store.port.js';
import type { DeliveredEvent } from './delivered-event.js';
import { UNTOUCHED } from './document-state.js';
import { LogFold, type CleanFold } from './log-fold.js';
import type { RunnableProjection } from './runnable-projection.js';
import type { Skips } from './skips.js';

export interface ComplaintFoldRequest {
  readonly log: EventStore;
  readonly runs: RunnableProjection;
  readonly complaintId: string;
  readonly skips: Skips;
  /** Inclusive; default: all there is. */
  readonly until?: GlobalPosition;
  /** Exclusive. */
  readonly before?: GlobalPosition;
  /** Ends at the first event of the complaint that is not. */
  readonly wanted?: (event: DeliveredEvent['event']) => boolean;
}

/** One complaint from its first event, with the context as it grew beside it. Reads the stream and the context only. */
export async function foldComplaint(request: ComplaintFoldRequest): Promise<CleanFold> {
  const { log, runs, complaintId, skips, until, before, wanted: alsoWanted = () => true } = request;
  const inRange = ({ position }: DeliveredEvent['event']) =>
    (until === undefined || position <= until) && (before === undefined || position < before);
  const fold = new LogFold(runs, skips, (id) => id === complaintId);
  const stream = eventsWhile(
    (event) => inRange(event) && alsoWanted(event),
    log.readStream(complaintStream(complaintId)),
  );
  const prefixes = runs.projection.context?.prefixes;
  const context = prefixes
    ? eventsWhile(inRange, log.readLog({ prefixes, until: until ?? before }))
    : undefined;
  for await (const message of context ? inLogOrder(stream, context) : stream) fold.apply(message);
  return fold.complaints.get(complaintId) ?? { state: UNTOUCHED };
}

async function* eventsWhile(
  wanted: (event: DeliveredEvent['event']) => boolean,
  messages: AsyncIterable<LogMessage>,
): AsyncGenerator<DeliveredEvent> {
  let isOver = false;
  // Read to its end all the same: cancelling resets the call, and servers close a connection that resets many.
  for await (const message of messages) {
    if (message.kind === 'position' || isOver) continue;
    isOver = !wanted(message.event);
    if (!isOver) yield message;
  }
}

async function* inLogOrder(
  left: AsyncGenerator<DeliveredEvent>,
  right: AsyncGenerator<DeliveredEvent>,
): AsyncGenerator<DeliveredEvent> {
  try {
    let fromLeft = await left.next();
    let fromRight = await right.next();
    while (!fromLeft.done || !fromRight.done) {
      const takeLeft =
        !fromLeft.done && (fromRight.done || fromLeft.value.event.position < fromRight.value.event.position);
      if (takeLeft) {
        yield fromLeft.value;
        fromLeft = await left.next();
      } else if (!fromRight.done) {
        yield fromRight.value;
        fromRight = await right.next();
      }
    }
  } finally {
    await left.return(undefined);
    await right.return(undefined);
  }
}
