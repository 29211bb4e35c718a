import type { Command } from 'commander';
import { EXIT, UsageError } from '../output/failures.js';
import { importEventLog } from '../import/import-event-log.js';
import { importNdjson } from '../import/import-ndjson.js';
import type { ImportReport } from '../import/import-report.js';
import { openTarget } from '../import/open-target.js';
import { reportText, writeRefused } from '../import/write-report.js';
import type { ConnectionOptions } from '../client/product-client.js';
import { withConnection } from './connection-options.js';

interface ImportOptions extends ConnectionOptions {
  readonly eventLog?: boolean;
  readonly mapping?: string;
  readonly refused?: string;
  readonly json?: boolean;
}

export function addImport(program: Command): void {
  const command = program
    .command('import <file>')
    .description(
      'Replay a history: NDJSON lines as POST /import takes them, or with --event-log a CSV of cases, activities, times and ' +
        'resources. Sent again, it goes on where it was and doubles nothing. Without a running product it starts one for the while.',
    )
    .option('--event-log', 'the file is a process-mining style log')
    .option('--mapping <file>', 'how the log reads as complaints (docs/how-to/import-an-event-log.md)')
    .option('--refused <file>', 'write the refused lines and their reasons there, as NDJSON')
    .option('--json', 'the report as JSON');
  withConnection(command).action(async (file: string, options: ImportOptions) => {
    if (options.eventLog && options.mapping === undefined)
      throw new UsageError('--event-log needs --mapping <file>.');
    const target = await openTarget(options);
    try {
      const startedAt = performance.now();
      const progress = { show: !options.json && process.stderr.isTTY };
      const outcome = options.eventLog
        ? await importEventLog(file, options.mapping ?? '', target, progress)
        : await importNdjson(file, target, progress);
      const report: ImportReport = { ...outcome.totals(), seconds: (performance.now() - startedAt) / 1000 };
      if (options.refused !== undefined) await writeRefused(options.refused, outcome.refusals);
      console.log(options.json ? JSON.stringify(report) : reportText(report, outcome.refusals));
      if (report.refused > 0) process.exitCode = EXIT.refused;
    } finally {
      await target.close();
    }
  });
}
