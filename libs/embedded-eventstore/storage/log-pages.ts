import { frameOffset, withStructuredId } from '../wire/stored-event.js';
import type { EventFilter } from './event-filter.js';
import type { EventLog } from './event-log.js';

/**
 * A run of events as gRPC frames, side by side in one piece of memory. Reads go page by page, each from a position, so that a
 * reader who is slow holds one page and a position, never a queue or a transaction.
 */
export interface LogPage {
  readonly frames: Buffer;
  readonly count: number;
  /** Where the next page begins (in the direction of the read); everything before has been looked at. */
  readonly next: number;
  /** Events looked at, matching or not. */
  readonly scanned: number;
}

export type Direction = 'forwards' | 'backwards';

export interface PageLimits {
  readonly count: number;
  readonly scan: number;
}

/** Enough to make the cost per page small, little enough to keep 1,000 slow readers in tens of megabytes. */
const pageBytes = 48 * 1024;
const mostScanned = 1000;

/** Frames are gathered here and copied out once; reads are synchronous, so there is never more than one page in the making. */
let scratch = Buffer.allocUnsafeSlow(2 * pageBytes);

class PageBuilder {
  count = 0;
  private length = 0;

  constructor(private readonly structuredIds: boolean) {}

  get isFull(): boolean {
    return this.length >= pageBytes;
  }

  add(stored: Buffer): void {
    const size = stored.length;
    const from = frameOffset(stored);
    this.count++;
    if (this.structuredIds) {
      this.append(withStructuredId(Buffer.from(stored.subarray(from, size))));
      return;
    }
    this.reserve(size - from);
    stored.copy(scratch, this.length, from, size);
    this.length += size - from;
  }

  finish(): Buffer {
    const frames = Buffer.from(scratch.subarray(0, this.length));
    if (scratch.length > 4 * pageBytes) scratch = Buffer.allocUnsafeSlow(2 * pageBytes);
    return frames;
  }

  private append(frame: Buffer): void {
    this.reserve(frame.length);
    frame.copy(scratch, this.length);
    this.length += frame.length;
  }

  private reserve(more: number): void {
    if (this.length + more <= scratch.length) return;
    const larger = Buffer.allocUnsafeSlow(this.length + more + pageBytes);
    scratch.copy(larger, 0, 0, this.length);
    scratch = larger;
  }
}

export interface PageOptions {
  readonly structuredIds: boolean;
  readonly filter?: EventFilter;
}

/** Events from a position on (itself included). */
export function readAllPage(
  log: EventLog,
  from: number,
  direction: Direction,
  limits: PageLimits,
  options: PageOptions,
): LogPage {
  const page = new PageBuilder(options.structuredIds);
  const step = direction === 'forwards' ? 1 : -1;
  const scan = Math.min(limits.scan, mostScanned);
  const { filter } = options;
  let next = direction === 'forwards' ? Math.max(from, 1) : Math.min(from, log.head);
  let scanned = 0;
  while (next >= 1 && next <= log.head && scanned < scan && page.count < limits.count && !page.isFull) {
    const stored = present(log.event(next), next);
    if (!filter || filter(stored)) page.add(stored);
    next += step;
    scanned++;
  }
  return { frames: page.finish(), count: page.count, next, scanned };
}

/** Events of one stream from a revision on (itself included). */
export function readStreamPage(
  log: EventLog,
  stream: number,
  from: number,
  direction: Direction,
  count: number,
  options: PageOptions,
): LogPage {
  const page = new PageBuilder(options.structuredIds);
  const step = direction === 'forwards' ? 1 : -1;
  let next = from;
  while (next >= 0 && page.count < count && !page.isFull) {
    const position = log.positionOf(stream, next);
    if (position === undefined) break;
    page.add(present(log.event(position), position));
    next += step;
  }
  return { frames: page.finish(), count: page.count, next, scanned: page.count };
}

/** Positions and revisions have no holes: one that is missing is damage, and must not read as "no such event". */
function present(stored: Buffer | undefined, position: number): Buffer {
  if (!stored)
    throw new Error(`The event at position ${position} is missing: the log is damaged. Restore a backup.`);
  return stored;
}
