import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { CsvError, parse } from 'csv-parse/sync';
import type { EventLogMapping, EventLogRow } from '#libs/importing/index.js';
import { UsageError } from '../output/failures.js';

/** A line of the file: a row, or why it is none. */
export type CsvLine =
  | { readonly kind: 'row'; readonly row: EventLogRow; readonly bytes: number }
  | { readonly kind: 'broken'; readonly line: number; readonly reason: string };

/**
 * Reads line by line: in a log of activities a field holds no line break, and a quote that is never closed must not swallow
 * the rows after it.
 * @throws UsageError when the file or a column that the mapping names is not there
 */
export async function* readEventLog(file: string, { columns }: EventLogMapping): AsyncGenerator<CsvLine> {
  let line = 0;
  let header: readonly string[] | undefined;
  for await (const text of linesOf(file)) {
    line += 1;
    if (text.trim() === '') continue;
    const fields = fieldsOf(text);
    if (header === undefined) {
      header = checkedHeader(fields, columns);
      continue;
    }
    const isWhole = fields?.length === header.length;
    if (!isWhole)
      yield { kind: 'broken', line, reason: fields === undefined ? 'unreadable' : 'number of fields' };
    else
      yield asRow(
        new Map(header.map((name, index) => [name, fields[index] ?? ''])),
        line,
        text.length + 1,
        columns,
      );
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  try {
    yield* createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new UsageError(`${file} is not there.`);
    throw error;
  }
}

function fieldsOf(text: string): readonly string[] | undefined {
  try {
    return parse(text, { bom: true, relax_column_count: true })[0];
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}

function checkedHeader(
  fields: readonly string[] | undefined,
  columns: EventLogMapping['columns'],
): readonly string[] {
  const missing = Object.values(columns).filter((name) => !fields?.includes(name));
  if (fields && missing.length === 0) return fields;
  throw new UsageError(`The log has no column ${missing.map((name) => `"${name}"`).join(', ')}.`);
}

function asRow(
  record: ReadonlyMap<string, string>,
  line: number,
  bytes: number,
  columns: EventLogMapping['columns'],
): CsvLine {
  const [caseId, activity, resource, time] = [
    columns.case,
    columns.activity,
    columns.resource,
    columns.time,
  ].map((name) => (record.get(name) ?? '').trim()) as [string, string, string, string];
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
