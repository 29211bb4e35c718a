import { stringify } from 'csv-stringify/sync';
import writeXlsxFile from 'write-excel-file/node';
import { reportTable, type Cell, type ReportTable } from '#libs/reports/index.js';
import type { ReportKind } from '../report-kinds.js';
import type { ReportFormat } from './report.dto.js';
import type { ReportBody } from './report.query.js';

export interface ReportFile {
  readonly type: string;
  readonly name: string;
  readonly content: Buffer;
}

export async function reportFile(
  kind: ReportKind,
  report: ReportBody,
  format: Exclude<ReportFormat, 'json'>,
): Promise<ReportFile> {
  const table = reportTable(report.groupBy, report.total, report.groups);
  const dayOf = new Intl.DateTimeFormat('en-CA', { timeZone: report.timeZone, dateStyle: 'short' });
  const [from, to] = [report.from, report.to].map((moment) => dayOf.format(new Date(moment)));
  const name = `${kind}-${from}-${to}.${format}`;
  if (format === 'csv') return { type: 'text/csv; charset=utf-8', name, content: csv(table) };
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return { type, name, content: await xlsx(kind, table, about(kind, report)) };
}

/** RFC 4180 with a mark of UTF-8, without which Excel reads Turkish letters wrongly. A text never becomes a formula. */
function csv({ columns, rows }: ReportTable): Buffer {
  return Buffer.from(
    stringify([columns, ...rows], { bom: true, record_delimiter: '\r\n', escape_formulas: true }),
  );
}

/** What a file that is passed on should say for itself. */
function about(kind: ReportKind, report: ReportBody): readonly (readonly [string, Cell])[] {
  const { from, to, asOf, timeZone, position, policy, calendar } = report;
  return [
    ['report', kind],
    ['from', from],
    ['to (excluded)', to],
    ['as of', asOf],
    ['time zone of months and weeks', timeZone],
    ['position in the log', position],
    ['policy in force', policy.inForce],
    ['policies that ruled', policy.ruledBy?.map(({ version }) => version).join(', ') ?? null],
    ['judged again by', calendar === undefined ? null : `${calendar.code}, version ${calendar.version}`],
  ];
}

/** Numbers as numbers, in full precision; texts are texts in this format, also those that begin like a formula. */
async function xlsx(
  kind: ReportKind,
  { columns, rows }: ReportTable,
  facts: readonly (readonly [string, Cell])[],
): Promise<Buffer> {
  const header = columns.map((column) => ({ value: column, fontWeight: 'bold' as const }));
  const widths = columns.map((column) => ({ width: Math.max(12, column.length + 2) }));
  return await writeXlsxFile([
    {
      sheet: kind,
      data: [header, ...rows.map((row) => row.map(cellOf))],
      stickyRowsCount: 1,
      columns: widths,
    },
    { sheet: 'about', data: facts.map((row) => row.map(cellOf)), columns: [{ width: 32 }, { width: 44 }] },
  ]).toBuffer();
}

function cellOf(value: Cell) {
  return value === null ? null : { value };
}
