import { stat } from 'node:fs/promises';
import {
  type EventLogMapping,
  type EventLogRow,
  type ImportAnswer,
  createEventLogReader,
  sendImport,
} from '#libs/importing/index.js';
import { UsageError } from '../output/failures.js';
import { prepareConfiguration } from './prepare-configuration.js';
import { type ImportOutcome, ImportTally, detailOf, reasonOf } from './import-report.js';
import type { Target } from './open-target.js';
import { startProgress } from '../output/progress-bar.js';
import { readEventLog } from './read-event-log.js';
import { readMapping } from './read-mapping.js';

/** A row whose lines are on their way; done when the last of them is answered. */
interface RowInFlight {
  readonly row: EventLogRow;
  left: number;
  repeated: number;
  refused?: Extract<ImportAnswer, { status: 'refused' }>;
}

export async function importEventLog(
  file: string,
  mappingFile: string,
  target: Target,
  { show }: { show: boolean },
): Promise<ImportOutcome> {
  const mapping = await readMapping(mappingFile);
  const { size } = await stat(file).catch(() => {
    throw new UsageError(`${file} cannot be read.`);
  });
  await prepareConfiguration(file, mapping, target);
  const tally = new ImportTally();
  const progress = startProgress(show, size);
  const inFlight: RowInFlight[] = [];
  try {
    const lines = linesOf(file, mapping, tally, inFlight, progress.advance);
    for await (const answer of sendImport(target, lines)) settle(answer, inFlight, tally, mapping);
  } finally {
    progress.stop();
  }
  return tally;
}

async function* linesOf(
  file: string,
  mapping: EventLogMapping,
  tally: ImportTally,
  inFlight: RowInFlight[],
  advance: (bytes: number) => void,
): AsyncGenerator<string> {
  const read = createEventLogReader(mapping);
  for await (const line of readEventLog(file, mapping)) {
    if (line.kind === 'broken') {
      tally.refuse({
        line: line.line,
        reason: `broken-line: ${line.reason}`,
        detail: 'The line is not a row of the log.',
      });
      continue;
    }
    const { row } = line;
    advance(line.bytes);
    tally.seen(row.caseId);
    const reading = read(row);
    switch (reading.kind) {
      case 'merged':
        tally.count('merged');
        break;
      case 'unknown-activity':
        tally.refuse({ ...placeOf(row, mapping), reason: 'unknown-activity', detail: reading.reason });
        break;
      case 'lines':
        inFlight.push({ row, left: reading.lines.length, repeated: 0 });
        for (const text of reading.lines) yield JSON.stringify(text);
    }
  }
}

/** Answers come in the order of the lines, so the oldest row in flight is theirs. */
function settle(
  answer: ImportAnswer,
  inFlight: RowInFlight[],
  tally: ImportTally,
  mapping: EventLogMapping,
): void {
  const [oldest] = inFlight;
  if (!oldest) throw new Error('An answer came for no line.');
  oldest.left -= 1;
  if (answer.status === 'refused') oldest.refused ??= answer;
  else tally.addEvents(answer.events.length);
  if (answer.status === 'repeated') oldest.repeated += 1;
  if (oldest.left > 0) return;
  inFlight.shift();
  const { row, refused, repeated } = oldest;
  if (refused)
    tally.refuse({ ...placeOf(row, mapping), reason: reasonOf(refused), detail: detailOf(refused) });
  else tally.count(repeated > 0 ? 'repeated' : 'accepted');
}

function placeOf({ line, caseId, activity }: EventLogRow, { source }: EventLogMapping) {
  return { line, activity, externalId: `${source}:${caseId}` };
}
