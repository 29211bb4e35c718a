import { readStoredEvent } from '../wire/read-stored-event.js';
import { hasChecksum } from '../wire/stored-event.js';
import type { LogTables } from './log-tables.js';
import { idKey, readNumber, revisionKey, revisionOfKey, streamOfKey } from './keys.js';

export interface LogReport {
  readonly events: number;
  readonly streams: number;
  /** Position of the last event. */
  readonly head: number;
  /** Events written by releases that stored none: what is in them was not checked. */
  readonly unchecked: number;
  /** Empty for a sound log; the first few otherwise. */
  readonly problems: readonly string[];
}

const mostProblems = 20;

interface Revisions {
  readonly entries: number;
  /** Last revision by the stream's number. */
  readonly lasts: Map<number, number>;
}

/** What the indexes say of streams, and then the latest events, which the indexes do not have yet (see recent-index.ts). */
class Streams {
  readonly entries: number;
  readonly lasts: Map<number, number>;
  constructor(
    readonly numbers: Map<string, number>,
    { entries, lasts }: Revisions,
  ) {
    this.entries = entries;
    this.lasts = lasts;
  }

  /** Takes an event that is not indexed for the next of its stream. @returns the revision that it should have */
  next(name: string): number {
    const number = this.numbers.get(name) ?? this.numbers.size + 1;
    const revision = (this.lasts.get(number) ?? -1) + 1;
    this.numbers.set(name, number);
    this.lasts.set(number, revision);
    return revision;
  }
}

/**
 * Reads every event and every entry of every index and holds them against each other. One synchronous pass sees one snapshot,
 * also while the engine is writing.
 */
export function verifyLog(tables: LogTables): LogReport {
  const problems = new Problems();
  const streams = new Streams(readStreamNumbers(tables, problems), verifyRevisions(tables, problems));
  if (streams.lasts.size !== streams.numbers.size)
    problems.add(`${streams.numbers.size} streams have a name, ${streams.lasts.size} have events`);
  const indexed = streams.entries;
  const { events, head, unchecked } = verifyEvents(tables, streams, problems);
  if (indexed > events) problems.add(`${indexed} entries in the index of revisions for ${events} events`);
  const ids = count(tables.ids.getKeys());
  if (ids > events) problems.add(`${ids} entries in the index of ids for ${events} events`);
  return { events, streams: streams.numbers.size, head, unchecked, problems: problems.found };
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

function verifyEvents(tables: LogTables, streams: Streams, problems: Problems) {
  let head = 0;
  let events = 0;
  let unchecked = 0;
  for (const { key: position, value } of tables.events.getRange()) {
    if (position !== head + 1) problems.add(`position ${position} follows position ${head}`);
    head = position;
    events++;
    if (!hasChecksum(value)) unchecked++;
    try {
      verifyEvent(tables, streams, position, value);
    } catch (error) {
      problems.add(`the event at position ${position}: ${(error as Error).message}`);
    }
  }
  return { events, head, unchecked };
}

function verifyEvent(tables: LogTables, streams: Streams, position: number, stored: Buffer): void {
  const event = readStoredEvent(stored);
  if (event.position !== position) throw new Error(`says that it is at position ${event.position}`);
  if (position > streams.entries) {
    const revision = streams.next(event.stream.toString('latin1'));
    if (event.revision !== revision)
      throw new Error(
        `is revision ${event.revision} of ${event.stream.toString()} where ${revision} should follow`,
      );
    return;
  }
  const stream = streams.numbers.get(event.stream.toString('latin1'));
  if (stream === undefined)
    throw new Error(`belongs to stream ${event.stream.toString()}, which has no number`);
  const indexed = tables.revisions.getBinary(revisionKey(stream, event.revision));
  if (!indexed || readNumber(indexed) !== position) {
    throw new Error(`revision ${event.revision} of ${event.stream.toString()} is not indexed at it`);
  }
  const known = tables.ids.getBinary(idKey(stream, event.id));
  if (!known || readNumber(known) > event.revision) throw new Error(`its id ${event.id} is not indexed`);
}

function verifyRevisions({ revisions }: LogTables, problems: Problems): Revisions {
  const lasts = new Map<number, number>();
  let entries = 0;
  for (const key of revisions.getKeys()) {
    entries++;
    const stream = streamOfKey(key);
    const next = (lasts.get(stream) ?? -1) + 1;
    const revision = revisionOfKey(key);
    if (revision !== next) problems.add(`stream ${stream}: revision ${revision} stands where ${next} should`);
    lasts.set(stream, revision);
  }
  return { entries, lasts };
}

function count(keys: Iterable<unknown>): number {
  let all = 0;
  for (const _ of keys) all++;
  return all;
}
