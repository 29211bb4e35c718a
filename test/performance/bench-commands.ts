/**
 * Command latency at a steady 20 commands per second, through HTTP, on the embedded engines, with the projector running.
 * `npm run bench:commands -- [--seconds 60] [--rate 20]`. Waits for no answer before it sends the next (open loop), so a
 * slow answer cannot hide behind fewer requests.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type ApiClient, apiClient } from '#libs/testing/api-client.js';
import { removeDataDir, startProductProcess } from '#libs/testing/running-product.js';
import { complaintBody } from '#test/features/complaint-body.js';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, rate: { type: 'string', default: '20' } },
});
const rate = Number(values.rate);
const total = Number(values.seconds) * rate;

interface Timed {
  readonly kind: string;
  readonly milliseconds: number;
}

const product = await startProductProcess();
const agent = apiClient(product.url, await product.token('agent'));
const officer = apiClient(product.url, await product.token('officer', 'officer-1', 'plumbing'));
const timed: Timed[] = [];
const failures: string[] = [];

async function time(kind: string, client: ApiClient, path: string, body: unknown): Promise<string> {
  const startedAt = performance.now();
  const answer = await client.post(path, body);
  timed.push({ kind, milliseconds: performance.now() - startedAt });
  if (answer.status >= 300) failures.push(`${kind}: ${answer.status}`);
  return answer.body.id as string;
}

/** Three commands a complaint: received, routed, opened. */
const ready: { id: string; next: 'route' | 'open' }[] = [];
async function one(): Promise<void> {
  const due = ready.shift();
  if (!due) {
    const id = await time('receive', agent, '/complaints', complaintBody());
    ready.push({ id, next: 'route' });
  } else if (due.next === 'route') {
    await time('route', agent, `/complaints/${due.id}/route`, { team: 'plumbing' });
    ready.push({ id: due.id, next: 'open' });
  } else {
    await time('open', officer, `/complaints/${due.id}/open`, undefined);
  }
}

for (let warmUp = 0; warmUp < 60; warmUp += 1) await one();
timed.length = 0;
const running: Promise<void>[] = [];
const startedAt = performance.now();
for (let sent = 0; sent < total; sent += 1) {
  await sleep(Math.max(0, startedAt + (sent * 1000) / rate - performance.now()));
  running.push(one());
}
await Promise.all(running);

const quantile = (sorted: readonly number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN).toFixed(1);
console.log(`| command | n | p50 ms | p95 ms | p99 ms | max ms |\n| --- | --- | --- | --- | --- | --- |`);
for (const kind of ['receive', 'route', 'open', 'all']) {
  const sorted = timed
    .filter((entry) => kind === 'all' || entry.kind === kind)
    .map(({ milliseconds }) => milliseconds)
    .sort((left, right) => left - right);
  console.log(
    `| ${kind} | ${sorted.length} | ${[0.5, 0.95, 0.99, 1].map((share) => quantile(sorted, share)).join(' | ')} |`,
  );
}
if (failures.length > 0) console.log(`FAILED: ${failures.length}, e.g. ${failures[0] ?? ''}`);
await product.stop();
await removeDataDir(product.dataDir);
