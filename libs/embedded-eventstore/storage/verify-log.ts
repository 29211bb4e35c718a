import { readStoredEvent } from '../wire/read-stored-event.js';
import type { LogTables } from './event-log.js';
import { idKey, readNumber, revisionKey, revisionOfKey, streamOfKey } from './keys.js';

export interface LogReport {
  readonly events: number;
  readonly streams: number;
  /** Position of the last event. */
  readonly head: number;
  /** Empty for a sound log; the first few otherwise. */
  readonly problems: readonly string[];
}

const mostProblems = 20;

/**
 * Reads every event and every entry of every index and holds them against each other. One synchronous pass sees one snapshot,
 * also while the engine is writing.
 */
export function verifyLog(tables: LogTables): LogReport {
  const problems = new Problems();
  const numbers = readStreamNumbers(tables, problems);
  const { events, head } = verifyEvents(tables, numbers, problems);
  const streams = verifyRevisions(tables, problems);
  if (streams.withEvents !== numbers.size) {
    problems.add(`${numbers.size} streams have a name, ${streams.withEvents} have events`);
  }
  if (streams.entries !== events)
    problems.add(`${streams.entries} entries in the index of revisions for ${events} events`);
  const ids = count(tables.ids.getKeys());
  if (ids > events) problems.add(`${ids} entries in the index of ids for ${events} events`);
  return { events, streams: numbers.size, head, problems: problems.found };
}

class Problems {
  readonly found: string[] = [];
  add(problem: string): void {
    if (this.found.length < mostProblems) this.found.push(problem);
  }
}

function readStreamNumbers({ streams }: LogTables, problems: Problems): Map<string, number> {
  const numbers = new Map<string, number>();
  const seen = new Set<number>();
  for (const { key, value } of streams.getRange()) {
    const number = readNumber(value);
    if (seen.has(number)) problems.add(`two streams have number ${number}`);
    seen.add(number);
    numbers.set(key.toString('latin1'), number);
  }
  return numbers;
}

function verifyEvents(tables: LogTables, numbers: ReadonlyMap<string, number>, problems: Problems) {
  let head = 0;
  for (const { key: position, value } of tables.events.getRange()) {
    if (position !== head + 1) problems.add(`position ${position} follows position ${head}`);
    head = position;
    try {
      verifyEvent(tables, numbers, position, value);
    } catch (error) {
      problems.add(`the event at position ${position}: ${(error as Error).message}`);
    }
  }
  return { events: count(tables.events.getKeys()), head };
}

function verifyEvent(
  tables: LogTables,
  numbers: ReadonlyMap<string, number>,
  position: number,
  stored: Buffer,
): void {
  const event = readStoredEvent(stored);
  if (event.position !== position) throw new Error(`says that it is at position ${event.position}`);
  const stream = numbers.get(event.stream.toString('latin1'));
  if (stream === undefined)
    throw new Error(`belongs to stream ${event.stream.toString()}, which has no number`);
  const indexed = tables.revisions.getBinary(revisionKey(stream, event.revision));
  if (!indexed || readNumber(indexed) !== position) {
    throw new Error(`revision ${event.revision} of ${event.stream.toString()} is not indexed at it`);
  }
  const known = tables.ids.getBinary(idKey(stream, event.id));
  if (!known || readNumber(known) > event.revision) throw new Error(`its id ${event.id} is not indexed`);
}

function verifyRevisions({ revisions }: LogTables, problems: Problems) {
  let entries = 0;
  let withEvents = 0;
  let stream = 0;
  let next = 0;
  for (const key of revisions.getKeys()) {
    entries++;
    if (streamOfKey(key) !== stream) {
      stream = streamOfKey(key);
      withEvents++;
      next = 0;
    }
    if (revisionOfKey(key) !== next)
      problems.add(`stream ${stream}: revision ${revisionOfKey(key)} stands where ${next} should`);
    next = revisionOfKey(key) + 1;
  }
  return { entries, withEvents };
}

function count(keys: Iterable<unknown>): number {
  let all = 0;
  for (const _ of keys) all++;
  return all;
}
