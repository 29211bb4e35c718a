import { checkEnvironment } from './check.js';
import { openEnvironment } from './environment.js';

/** The process of check-apart.ts. */
const environment = openEnvironment(process.argv[2] ?? '');
process.stdout.write(JSON.stringify(checkEnvironment(environment)));
await environment.root.close();
