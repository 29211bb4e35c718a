import { openTables } from './log-tables.js';
import { verifyLog } from './verify-log.js';

/** The process of verify-apart.ts. */
const tables = openTables(process.argv[2] ?? '', { readOnly: true });
process.stdout.write(JSON.stringify(verifyLog(tables)));
await tables.root.close();
