import { open, type Database, type RootDatabase } from 'lmdb';
import { join } from 'node:path';

/** The tables of the log. Positions are dense: the event that was committed n-th has position n, from 1. */
export interface LogTables {
  readonly root: RootDatabase<Buffer, Buffer>;
  /** position → stored event */
  readonly events: Database<Buffer, number>;
  /** stream's name → its number. This and the next two follow the events by a thousand and a commit: see recent-index.ts. */
  readonly streams: Database<Buffer, Buffer>;
  /** (stream's number, revision) → position */
  readonly revisions: Database<Buffer, Buffer>;
  /** (stream's number, event id) → revision */
  readonly ids: Database<Buffer, Buffer>;
}

export const logFile = 'log.mdb';

/** LMDB's longest key. */
export const longestStreamName = 1900;

/**
 * Durability, from lmdb's documentation and its source (write.js, mdb.c):
 *
 * - By default (`overlappingSync`) a write's promise resolves when its transaction is visible, before the disk has it, and a
 *   crash of the machine falls back to the last flushed transaction. That is not "acknowledged is on disk", so it is off.
 * - Without it `mdb_txn_commit` writes the data pages, calls fdatasync, and only then writes the meta page that makes them
 *   count, through a descriptor opened with O_DSYNC. The promise of `batch()` resolves after that.
 * - A commit therefore is there as a whole or not at all, whatever happens in between; a torn page can only be one that no
 *   valid meta page reaches.
 * - `eventTurnBatching` would delay each commit to the next turn of the event loop; group-commit.ts does its own grouping.
 */
const openOptions = {
  noSubdir: true,
  overlappingSync: false,
  eventTurnBatching: false,
  maxDbs: 4,
  encoding: 'binary',
} as const;

export function openTables(dir: string, mode: { readonly readOnly?: boolean } = {}): LogTables {
  const root = open<Buffer, Buffer>({
    ...openOptions,
    path: join(dir, logFile),
    keyEncoding: 'binary',
    ...mode,
  });
  const table = (name: string) =>
    root.openDB<Buffer, Buffer>({ name, encoding: 'binary', keyEncoding: 'binary' });
  return {
    root,
    events: root.openDB<Buffer, number>({ name: 'events', encoding: 'binary' }),
    streams: table('streams'),
    revisions: table('revisions'),
    ids: table('ids'),
  };
}
