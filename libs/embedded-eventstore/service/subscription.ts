import { randomUUID } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import type { EventLog } from '../storage/event-log.js';
import { readAllPage, readStreamPage, type LogPage } from '../storage/log-pages.js';
import type { CommitSignal } from './commit-signal.js';
import { invalidArgument } from './errors.js';
import { filterOf } from './read-events.js';
import { caughtUp, checkpoint, confirmation, fellBehind } from './read-messages.js';
import type { ReadRequest, SearchWindow } from './read-request.js';
import type { ResponseStream } from './response-stream.js';

type StreamSubscription = Extract<ReadRequest, { source: 'stream' }>;
type AllSubscription = Extract<ReadRequest, { source: 'all' }>;

/** Events that pile up while a live subscriber takes one page in; beyond it the subscriber is told that it fell behind. */
const behindBy = 1000;

/** Where a subscription stands, and what lies there. It owns no events: whatever happened meanwhile is read from the log. */
interface Cursor {
  /** Events not yet looked at. */
  pending(): number;
  read(): LogPage;
  /** Called after each page was taken in. */
  afterPage(page: LogPage): Promise<void>;
  /** Called when there is nothing left to read for the first time since the subscription was behind. */
  goingLive(): Promise<void>;
  wait(wake: () => void): () => void;
}

export async function subscribe(
  log: EventLog,
  signal: CommitSignal,
  request: ReadRequest,
  response: ResponseStream,
): Promise<void> {
  const cursor =
    request.source === 'stream'
      ? streamCursor(log, signal, request)
      : allCursor(log, signal, request, response);
  await response.send(confirmation(randomUUID()));
  let live = false;
  while (!response.isGone) {
    if (cursor.pending() === 0) {
      if (!live) {
        await cursor.goingLive();
        await response.send(caughtUp);
        live = true;
      }
      // Sending took time: only if nothing came meanwhile is there something to wait for, and no await lies between the two.
      if (cursor.pending() === 0) await response.pausedUntil((wake) => cursor.wait(wake));
      continue;
    }
    if (live && cursor.pending() > behindBy) {
      live = false;
      await response.send(fellBehind);
    }
    const page = cursor.read();
    if (page.count > 0) await response.sendFrames(page.frames);
    await cursor.afterPage(page);
    await turn();
  }
}

function streamCursor(log: EventLog, signal: CommitSignal, request: StreamSubscription): Cursor {
  let stream = log.streamNumber(request.name);
  const last = () => {
    stream ??= log.streamNumber(request.name);
    return stream === undefined ? -1 : (log.lastRevision(stream) ?? -1);
  };
  const { from } = request;
  let next = from === 'start' ? 0 : from === 'end' ? last() + 1 : from + 1;
  return {
    pending: () => Math.max(last() - next + 1, 0),
    read: () => readStreamPage(log, stream ?? 0, next, 'forwards', Infinity, request),
    afterPage: (page) => {
      next = page.next;
      return Promise.resolve();
    },
    goingLive: () => Promise.resolve(),
    wait: (wake) => signal.onceCommitted(request.name.toString('latin1'), wake),
  };
}

function allCursor(
  log: EventLog,
  signal: CommitSignal,
  request: AllSubscription,
  response: ResponseStream,
): Cursor {
  const options = { structuredIds: request.structuredIds, filter: filterOf(request.window) };
  const checkpoints = new Checkpoints(request.window);
  let next = subscriptionStart(request, log.head);
  return {
    pending: () => log.head - next + 1,
    read: () => readAllPage(log, next, 'forwards', { count: Infinity, scan: checkpoints.untilNext }, options),
    afterPage: async (page) => {
      next = page.next;
      if (checkpoints.isDueAfter(page)) await response.send(checkpoint(next - 1));
    },
    goingLive: async () => {
      if (checkpoints.isOwedGoingLive()) await response.send(checkpoint(next - 1));
    },
    wait: (wake) => signal.onceCommitted(undefined, wake),
  };
}

function subscriptionStart({ from }: AllSubscription, head: number): number {
  if (from === 'start') return 1;
  if (from === 'end') return head + 1;
  // Whoever comes with a position that this log never had has read another one: waiting for it would skip events in silence.
  if (from.commit > head) throw invalidArgument(`The log ends at position ${head}, before ${from.commit}.`);
  return from.prepare < from.commit ? from.commit : from.commit + 1;
}

/**
 * A filtered subscriber learns how far the log was searched: every `interval` events looked at, and once more when it goes
 * live over events that did not match, so that on a quiet log its position is not left far behind.
 */
class Checkpoints {
  private sinceLast = 0;
  private searchedInVain = false;

  constructor(private readonly window: SearchWindow | undefined) {}

  get untilNext(): number {
    return this.window ? this.window.checkpointInterval - this.sinceLast : Infinity;
  }

  isDueAfter(page: LogPage): boolean {
    if (!this.window) return false;
    this.sinceLast += page.scanned;
    this.searchedInVain = page.count < page.scanned;
    if (this.sinceLast < this.window.checkpointInterval) return false;
    this.settle();
    return true;
  }

  isOwedGoingLive(): boolean {
    return this.searchedInVain;
  }

  private settle(): void {
    this.sinceLast = 0;
    this.searchedInVain = false;
  }
}
