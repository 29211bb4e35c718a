import { type Settings, readSettings, settingsWarnings } from '#libs/settings/index.js';
import { closeAll, endInAnyCase, type ClosingStep } from './close-all.js';

/**
 * Runs one process of the product until SIGINT or SIGTERM: `start` opens its parts, naming how to close each, and returns
 * where it answers. Parts are closed in reverse, also when a later one could not be opened.
 */
export async function runProcess(
  name: string,
  start: (settings: Settings, undo: (step: ClosingStep) => void) => Promise<string>,
): Promise<void> {
  const steps: ClosingStep[] = [];
  try {
    const settings = readSettings(process.env);
    for (const warning of settingsWarnings(settings)) process.stderr.write(`Note: ${warning}\n`);
    const where = await start(settings, (step) => steps.push(step));
    process.stdout.write(`The ${name} answers at ${where}\n`);
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    endInAnyCase();
    await closeAll(steps);
  }
}
