import type { Command } from 'commander';
import { readSettings } from '#libs/settings/index.js';
import { runProduct } from '../../all-in-one/run-product.js';

interface StartOptions {
  readonly demo?: boolean;
  readonly complaints: string;
}

export function addStart(program: Command): void {
  program
    .command('start')
    .description(
      'Run the whole product: command API, query API and projector, on embedded engines unless URLs are set.',
    )
    .option('--demo', 'with generated complaints of the last 90 days')
    .option('--complaints <count>', 'how many the demo generates', '600')
    .action(async ({ demo, complaints }: StartOptions) => {
      await runProduct(readSettings(process.env), {
        ...(demo ? { demoComplaints: Number(complaints) } : {}),
      });
    });
}
