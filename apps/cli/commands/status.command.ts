import type { Command } from 'commander';
import { type ConnectionOptions, connectProduct } from '../client/product-client.js';
import { EXIT } from '../output/failures.js';
import { withConnection } from './connection-options.js';

interface Health {
  readonly status: string;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail?: string }[];
}

interface ProjectionStatus {
  readonly name: string;
  readonly version: number;
  /** Queries read it. */
  readonly active: boolean;
  readonly state: string;
  readonly position: string | null;
  readonly lag?: { readonly events?: number; readonly seconds?: number };
  readonly parked?: number;
}

export function addStatus(program: Command): void {
  const command = program
    .command('status')
    .description('Health of a running product and how far its projections are.')
    .option('--json', 'machine-readable');
  withConnection(command).action(async ({ json, ...connection }: ConnectionOptions & { json?: boolean }) => {
    const client = await connectProduct('auditor', connection);
    const health = (await (await fetch(`${client.url}/health/ready`)).json()) as Health;
    const { items } = await client.json<{ items: readonly ProjectionStatus[] }>('/api/v1/projections');
    if (json) console.log(JSON.stringify({ url: client.url, health, projections: items }));
    else print(client.url, health, items);
    if (health.checks.some((check) => !check.ok)) process.exitCode = EXIT.failed;
  });
}

function print(url: string, health: Health, projections: readonly ProjectionStatus[]): void {
  console.log(url);
  for (const { name, ok, detail } of health.checks)
    console.log(`  ${ok ? 'ok ' : 'NOT'} ${name}${detail ? `: ${detail}` : ''}`);
  for (const { name, version, active, state, position, lag, parked } of projections) {
    const behind =
      lag?.events === undefined ? '' : `, ${lag.events} ${lag.events === 1 ? 'event' : 'events'} behind`;
    console.log(
      `  ${name} v${version}: ${active ? 'in use, ' : ''}${state}, at ${position ?? 'the beginning'}${behind}${parked ? `, ${parked} parked` : ''}`,
    );
  }
}
