import { readFile } from 'node:fs/promises';
import type { MongoClient } from 'mongodb';

/** Lines of one table, shown as they come and printed whole at the end. */
export class Report {
  private readonly rows: string[][] = [];

  constructor(private readonly columns: readonly string[]) {}

  row(...cells: readonly string[]): void {
    this.rows.push(this.columns.map((_, i) => cells[i] ?? ''));
    console.error(cells.filter(Boolean).join(' | '));
  }

  print(): void {
    console.log(`\n| ${this.columns.join(' | ')} |\n| ${this.columns.map(() => '---').join(' | ')} |`);
    for (const cells of this.rows) console.log(`| ${cells.join(' | ')} |`);
  }
}

export const round = (n: number): string => (n >= 100 ? Math.round(n).toLocaleString('en-US') : n.toFixed(2));
export const percent = (part: number, whole: number): string => `${Math.round((100 * part) / whole)} %`;

/** Milliseconds of each call, sorted. */
export async function timings(times: number, work: (i: number) => Promise<unknown>): Promise<number[]> {
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    const started = performance.now();
    await work(i);
    taken.push(performance.now() - started);
  }
  return taken.sort((a, b) => a - b);
}

export const quantile = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;

/** Memory of the server that is its own (not pages of its files, which the system takes back), and its heap, in MB. */
export async function memoryOf(client: MongoClient, pid: number): Promise<{ own: number; heap: number }> {
  const status = await client.db('admin').command({ serverStatus: 1 });
  const { heap_usage_bytes: heap } = status['extra_info'] as { heap_usage_bytes: number };
  return { own: await ownMemory(pid), heap: Math.round(heap / 2 ** 20) };
}

/** From /proc, so on Linux alone; NaN elsewhere. */
async function ownMemory(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/RssAnon:\s+(\d+)/.exec(text)?.[1] ?? NaN) / 1024);
}

/** The highest that the server's own memory reaches while the work is done. */
export async function peakOf(
  pid: number,
  work: () => Promise<unknown>,
): Promise<{ before: number; peak: number }> {
  const before = await ownMemory(pid);
  let peak = before;
  const timer = setInterval(() => {
    void ownMemory(pid).then((now) => {
      peak = Math.max(peak, now);
    });
  }, 20);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return { before, peak: Math.max(peak, await ownMemory(pid)) };
}
