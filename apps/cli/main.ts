import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { EXIT, exitCodeOf, explain } from './output/failures.js';

type Add = (program: Command) => void;

/** Each with what it needs, which is most of the product for some: who asks for one does not wait for the others. */
const COMMANDS: Readonly<Record<string, () => Promise<Add>>> = {
  start: async () => (await import('./commands/start.command.js')).addStart,
  token: async () => (await import('./commands/token.command.js')).addToken,
  import: async () => (await import('./commands/import.command.js')).addImport,
  replay: async () => (await import('./commands/replay.command.js')).addReplay,
  status: async () => (await import('./commands/status.command.js')).addStatus,
  projections: async () => (await import('./commands/projections.command.js')).addProjections,
  'verify-projections': async () =>
    (await import('./commands/verify-projections.command.js')).addVerifyProjections,
  engines: async () => (await import('./commands/engines.command.js')).addEngines,
};

const program = new Command('complaints')
  .description('Complaint Ledger: customer complaints as an append-only log, with read models and reports.')
  .version('0.1.0')
  .showHelpAfterError('(add --help for what is possible)')
  .addHelpText(
    'after',
    '\nSettings are read from the environment: docs/reference/settings.md.\nExit codes: 0 done, 1 failed, 2 wrong use, 3 some lines were refused.',
  )
  .exitOverride();

const named = process.argv[2] ?? '';
// Help, and the answer to a command that there is not, speak of all.
const wanted = Object.hasOwn(COMMANDS, named) ? [named] : Object.keys(COMMANDS);
for (const name of wanted) (await COMMANDS[name]?.())?.(program);

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
