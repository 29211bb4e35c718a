import type { DocumentState } from '../fold/document-state.js';
import { LogFold } from '../fold/log-fold.js';
import type { FoldUntil } from './fold-streams.js';

/** Complaints as they stood at a position, in one pass over the log. */
export async function* foldLog(
  { log, runs, skips, until }: FoldUntil,
  concerns: (complaintId: string) => boolean,
): AsyncGenerator<DocumentState> {
  const fold = new LogFold(runs, skips, concerns);
  for await (const message of log.readLog({ prefixes: runs.prefixes, until })) {
    if (message.kind !== 'position') fold.apply(message);
  }
  for (const { state } of fold.complaints.values()) yield state;
}
