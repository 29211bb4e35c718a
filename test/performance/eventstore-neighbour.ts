import { ANY, type EventStoreDBClient } from '@eventstore/db-client';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { measuredEvents } from './eventstore-load.js';

export interface Neighbourhood {
  /** Milliseconds of each call that was made meanwhile. */
  readonly appends: readonly number[];
  readonly reads: readonly number[];
  /** The engine's anonymous memory in MB, before and at its most: pages of the log that are mapped are the kernel's to drop. */
  readonly memoryBefore: number;
  readonly memoryMost: number;
}

/** Appends an event and reads ten, over and over, until something else is over, and watches the engine's memory. */
export async function liveBeside(
  client: EventStoreDBClient,
  enginePid: number,
  isOver: () => boolean,
): Promise<Neighbourhood> {
  const appends: number[] = [];
  const reads: number[] = [];
  const stream = `neighbour-${performance.now()}`;
  await client.appendToStream(stream, measuredEvents(10));
  const memoryBefore = await anonymousMemory(enginePid);
  let memoryMost = memoryBefore;
  let measuredAt = performance.now();
  while (!isOver()) {
    appends.push(
      await timed(() => client.appendToStream(stream, measuredEvents(1), { expectedRevision: ANY })),
    );
    reads.push(
      await timed(async () => {
        for await (const _ of client.readStream(stream, { maxCount: 10 }));
      }),
    );
    if (performance.now() - measuredAt > 50) {
      memoryMost = Math.max(memoryMost, await anonymousMemory(enginePid));
      measuredAt = performance.now();
    }
    await pause(2);
  }
  return { appends, reads, memoryBefore, memoryMost };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function anonymousMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)] ?? NaN;
}
