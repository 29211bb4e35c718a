import { createReadStream } from 'node:fs';
import { CsvError, parse } from 'csv-parse';
import type { EventLogMapping, EventLogRow } from '#libs/importing/index.js';
import { UsageError } from '../output/failures.js';

/** A line of the file: a row, or why it is none. */
export type CsvLine =
  | { readonly kind: 'row'; readonly row: EventLogRow; readonly bytes: number }
  | { readonly kind: 'broken'; readonly line: number; readonly reason: string };

const LONGEST_RECORD = 64 * 1024;

/** @throws UsageError when the file or a column that the mapping names is not there */
export async function* readEventLog(file: string, { columns }: EventLogMapping): AsyncGenerator<CsvLine> {
  const skipped: CsvLine[] = [];
  const broken = (error: CsvError | undefined): undefined => {
    const line = (error as { lines?: number } | undefined)?.lines ?? 0;
    skipped.push({ kind: 'broken', line, reason: error?.code ?? 'cannot be read' });
  };
  const parser = createReadStream(file).pipe(
    parse({
      bom: true,
      columns: (header: string[]) => {
        const missing = Object.values(columns).filter((name) => !header.includes(name));
        if (missing.length > 0)
          throw new UsageError(`The log has no column ${missing.map((name) => `"${name}"`).join(', ')}.`);
        return header;
      },
      info: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      max_record_size: LONGEST_RECORD,
      on_skip: broken,
    }),
  );
  try {
    let bytesBefore = 0;
    for await (const { record, info } of parser as AsyncIterable<CsvRecord>) {
      yield* skipped.splice(0);
      yield asRow(record, info, info.bytes - bytesBefore, columns);
      bytesBefore = info.bytes;
    }
    yield* skipped.splice(0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new UsageError(`${file} is not there.`);
    throw error;
  }
}

interface CsvRecord {
  readonly record: Readonly<Record<string, string>>;
  readonly info: { readonly lines: number; readonly bytes: number };
}

function asRow(
  record: CsvRecord['record'],
  { lines: line }: CsvRecord['info'],
  bytes: number,
  columns: EventLogMapping['columns'],
): CsvLine {
  const [caseId, activity, resource, time] = [
    columns.case,
    columns.activity,
    columns.resource,
    columns.time,
  ].map((name) => (record[name] ?? '').trim()) as [string, string, string, string];
  const at = instantOf(time);
  if (caseId === '') return { kind: 'broken', line, reason: 'no-case' };
  if (activity === '') return { kind: 'broken', line, reason: 'no-activity' };
  if (resource === '') return { kind: 'broken', line, reason: 'no-resource' };
  if (at === undefined) return { kind: 'broken', line, reason: 'no-time' };
  return { kind: 'row', row: { line, caseId, activity, resource, at }, bytes };
}

/** ISO 8601 with an offset, also with a blank for the T, as such logs are written. */
function instantOf(text: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return undefined;
  const milliseconds = Date.parse(text.replace(' ', 'T'));
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
}
