import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { addEngines } from './commands/engines.command.js';
import { addImport } from './commands/import.command.js';
import { addProjections } from './commands/projections.command.js';
import { addReplay } from './commands/replay.command.js';
import { addStart } from './commands/start.command.js';
import { addStatus } from './commands/status.command.js';
import { addToken } from './commands/token.command.js';
import { addVerifyProjections } from './commands/verify-projections.command.js';
import { EXIT, exitCodeOf, explain } from './output/failures.js';

const program = new Command('complaints')
  .description('Complaint Ledger: customer complaints as an append-only log, with read models and reports.')
  .version('0.1.0')
  .showHelpAfterError('(add --help for what is possible)')
  .addHelpText(
    'after',
    '\nSettings are read from the environment: docs/reference/settings.md.\nExit codes: 0 done, 1 failed, 2 wrong use, 3 some lines were refused.',
  )
  .exitOverride();

addStart(program);
addToken(program);
addImport(program);
addReplay(program);
addStatus(program);
addProjections(program);
addVerifyProjections(program);
addEngines(program);

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : EXIT.usage;
  } else {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = exitCodeOf(error);
  }
}
