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
  const name = `${kind}-${report.from.slice(0, 10)}-${report.to.slice(0, 10)}.${format}`;
  if (format === 'csv') return { type: 'text/csv; charset=utf-8', name, content: csv(table) };
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return { type, name, content: await xlsx(table) };
}

/** RFC 4180 with a mark of UTF-8, without which Excel reads Turkish letters wrongly. A text never becomes a formula. */
function csv({ columns, rows }: ReportTable): Buffer {
  return Buffer.from(
    stringify([columns, ...rows], { bom: true, record_delimiter: '\r\n', escape_formulas: true }),
  );
}

/** Numbers as numbers, in full precision; texts are texts in this format, also those that begin like a formula. */
async function xlsx({ columns, rows }: ReportTable): Promise<Buffer> {
  const header = columns.map((column) => ({ value: column, fontWeight: 'bold' as const }));
  return await writeXlsxFile([header, ...rows.map((row) => row.map(cellOf))], {
    stickyRowsCount: 1,
    columns: columns.map((column) => ({ width: Math.max(12, column.length + 2) })),
  }).toBuffer();
}

function cellOf(value: Cell) {
  return value === null ? null : { value };
}
