import { setImmediate as turn } from 'node:timers/promises';
import { compileFilter, InvalidFilterError, type EventFilter } from '../storage/event-filter.js';
import type { EventLog } from '../storage/event-log.js';
import { largestNumber } from '../storage/keys.js';
import { readAllPage, readStreamPage } from '../storage/log-pages.js';
import { invalidArgument } from './errors.js';
import { streamNotFound } from './read-messages.js';
import type { AllStart, ReadRequest, SearchWindow } from './read-request.js';
import type { ResponseStream } from './response-stream.js';

type StreamRead = Extract<ReadRequest, { source: 'stream' }>;
type AllRead = Extract<ReadRequest, { source: 'all' }>;

/** A read with a count: what was committed when it got there, then the end of the call. */
export async function readEvents(
  log: EventLog,
  request: ReadRequest,
  response: ResponseStream,
): Promise<void> {
  if (request.source === 'stream') await readStream(log, request, response);
  else await readAll(log, request, response);
  response.end();
}

async function readStream(log: EventLog, request: StreamRead, response: ResponseStream): Promise<void> {
  const stream = log.streamNumber(request.name);
  const last = stream === undefined ? undefined : log.lastRevision(stream);
  if (stream === undefined || last === undefined) {
    await response.send(streamNotFound(request.identifier));
    return;
  }
  const { direction } = request;
  let next = request.from === 'start' ? 0 : request.from === 'end' ? last : request.from;
  if (direction === 'backwards') next = Math.min(next, last);
  // Forwards from the end: after the last event, where nothing is.
  else if (request.from === 'end') next = last + 1;
  let left = request.count ?? 0;
  while (left > 0 && next >= 0 && next <= last && !response.isGone) {
    const page = readStreamPage(log, stream, next, direction, left, request);
    await response.sendFrames(page.frames);
    left -= page.count;
    next = page.next;
    await turn();
  }
}

async function readAll(log: EventLog, request: AllRead, response: ResponseStream): Promise<void> {
  const { direction } = request;
  const options = { structuredIds: request.structuredIds, filter: filterOf(request.window) };
  const head = log.head;
  let next = direction === 'forwards' ? forwardStart(request.from, head) : backwardStart(request.from, head);
  let left = request.count ?? 0;
  while (left > 0 && next >= 1 && next <= head && !response.isGone) {
    const page = readAllPage(log, next, direction, { count: left, scan: Infinity }, options);
    if (page.count > 0) await response.sendFrames(page.frames);
    left -= page.count;
    next = page.next;
    await turn();
  }
}

/**
 * Inclusive: the first position read. An event's prepare equals its commit, so a smaller prepare still means that event.
 * Position 0 is where the log starts, before its first event.
 */
function forwardStart(from: AllStart, head: number): number {
  if (from === 'start') return 1;
  return from === 'end' ? head + 1 : Math.max(1, Math.min(from.commit, largestNumber));
}

/** Backwards a position is the bound that is not read itself, as in the server; the end is everything. */
function backwardStart(from: AllStart, head: number): number {
  if (from === 'end') return head;
  if (from === 'start') return 0;
  return Math.min(from.commit - 1, head);
}

export function filterOf(window: SearchWindow | undefined): EventFilter | undefined {
  if (!window) return undefined;
  try {
    return compileFilter(window.filter);
  } catch (error) {
    if (error instanceof InvalidFilterError) throw invalidArgument(error.message);
    throw error;
  }
}
