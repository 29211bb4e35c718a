import type { Command } from 'commander';
import { type ConnectionOptions, type ProductClient, connectProduct } from '../client/product-client.js';
import { type HistoryEntry, timelineOf } from '../output/timeline.js';
import { UsageError } from '../output/failures.js';
import { withConnection } from './connection-options.js';

interface ReplayOptions extends ConnectionOptions {
  readonly revision?: string;
  readonly asOf?: string;
  readonly basis: string;
  readonly json?: boolean;
}

interface Page {
  readonly items: readonly HistoryEntry[];
  readonly nextCursor?: string | null;
}

export function addReplay(program: Command): void {
  const command = program
    .command('replay <id>')
    .description("A complaint's history as a timeline, by its id or reference number.")
    .option('--revision <n>', 'up to this revision')
    .option('--as-of <instant>', 'as it was recorded at this moment (ISO 8601 with offset)')
    .option('--basis <basis>', 'order by when it was recorded or when it occurred', 'recorded')
    .option('--json', 'one event per line, as recorded');
  withConnection(command).action(async (id: string, options: ReplayOptions) => {
    const until = limitOf(options);
    const client = await connectProduct('auditor', options);
    const complaintId = await resolveId(client, id);
    let shown = 0;
    for await (const entry of history(client, complaintId, options.basis)) {
      if (!until(entry)) continue;
      shown += 1;
      console.log(options.json ? JSON.stringify(entry) : timelineOf(entry));
    }
    if (shown === 0 && !options.json) console.log('Nothing had been recorded by then.');
  });
}

function limitOf({ revision, asOf }: ReplayOptions): (entry: HistoryEntry) => boolean {
  if (revision !== undefined && !/^\d+$/.test(revision))
    throw new UsageError('--revision is a whole number from 0.');
  const moment = asOf === undefined ? undefined : Date.parse(asOf);
  if (moment !== undefined && (Number.isNaN(moment) || !/(Z|[+-]\d\d:\d\d)$/.test(asOf ?? ''))) {
    throw new UsageError('--as-of is an ISO 8601 time with an offset, such as 2026-03-01T09:30:00+03:00.');
  }
  return (entry) =>
    (revision === undefined || entry.revision <= Number(revision)) &&
    (moment === undefined || Date.parse(entry.recordedAt) <= moment);
}

async function* history(client: ProductClient, id: string, basis: string): AsyncGenerator<HistoryEntry> {
  let cursor: string | null | undefined;
  do {
    const query = new URLSearchParams({ basis, limit: '200', ...(cursor ? { cursor } : {}) });
    const page = await client.json<Page>(
      `/api/v1/complaints/${encodeURIComponent(id)}/history?${query.toString()}`,
    );
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor);
}

async function resolveId(client: ProductClient, id: string): Promise<string> {
  if (/^[0-9a-f]{8}-/i.test(id)) return id;
  const query = new URLSearchParams({ q: id, limit: '2' });
  const { items } = await client.json<{ items: readonly { id: string; reference: string }[] }>(
    `/api/v1/complaints?${query.toString()}`,
  );
  const found = items.find(({ reference }) => reference.toLowerCase() === id.toLowerCase());
  if (!found) throw new UsageError(`No complaint has the id or reference ${id}.`);
  return found.id;
}
