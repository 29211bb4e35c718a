import { demoComplaints } from '#libs/demo-data/index.js';
import { type ImportAnswer, sendImport } from '#libs/importing/index.js';
import { apiClient } from '#libs/testing/api-client.js';
import {
  type ProductProcess,
  removeDataDir,
  runCommandLine,
  startProductProcess,
} from '#libs/testing/running-product.js';

type Taken = Extract<ImportAnswer, { status: 'accepted' | 'repeated' }>;

/** Sends the lines and kills the product once so many are acknowledged; returns what was acknowledged until it was gone. */
async function acknowledgedUntilKilled(
  product: ProductProcess,
  lines: readonly string[],
  killAfter: number,
): Promise<Taken[]> {
  const acknowledged: Taken[] = [];
  let killed: Promise<void> | undefined;
  try {
    for await (const answer of sendImport(
      { url: product.url, token: await product.token('service') },
      lines,
    )) {
      if (answer.status !== 'refused') acknowledged.push(answer);
      if (acknowledged.length >= killAfter) killed ??= product.kill9();
    }
  } catch {
    // The connection broke with the product.
  }
  await killed;
  return acknowledged;
}

describe('kill -9 of the whole product during an import', () => {
  it('loses nothing acknowledged and doubles nothing; the read models equal a fresh fold of the log', async () => {
    const lines = [...demoComplaints(160, Date.now() - 1000)].flat().map((line) => JSON.stringify(line));
    let product = await startProductProcess();
    const { dataDir } = product;
    const acknowledged: Taken[] = [];
    for (const killAfter of [35, 420]) {
      acknowledged.push(...(await acknowledgedUntilKilled(product, lines, killAfter)));
      product = await startProductProcess({ dataDir });
    }
    const answers: Taken[] = [];
    for await (const answer of sendImport(
      { url: product.url, token: await product.token('service') },
      lines,
    )) {
      expect(answer.status).not.toBe('refused');
      answers.push(answer as Taken);
    }

    // What was acknowledged before a kill is the same after it: same complaint, same revision, same position.
    const byLine = new Map(answers.map((answer) => [answer.line, answer]));
    expect(acknowledged.length).toBeGreaterThanOrEqual(35 + 420);
    for (const before of acknowledged) {
      const { line, id, revision, position } = before;
      expect(byLine.get(line)).toMatchObject({ status: 'repeated', id, revision, position });
    }

    // Each complaint has exactly the events that its lines led to, at consecutive revisions.
    const auditor = apiClient(product.url, await product.token('auditor'));
    const expected = new Map<string, number>();
    for (const { id, events } of answers) expected.set(id, (expected.get(id) ?? 0) + events.length);
    for (const [id, count] of [...expected].slice(0, 60)) {
      const { items } = (await auditor.get(`/complaints/${id}/history?limit=200`)).body;
      expect(items.map(({ revision }: { revision: number }) => revision)).toEqual([...Array(count).keys()]);
    }

    const last = answers
      .map(({ position }) => position)
      .sort()
      .at(-1)!;
    const listed = await auditor.get('/complaints?limit=1', { 'Consistency-Token': last });
    expect(listed.status).toBe(200);
    const verified = await runCommandLine(['verify-projections', '--json'], dataDir);
    expect(verified.stderr).toBe('');
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true });
    expect(await product.stop()).toBe(0);
    await removeDataDir(dataDir);
  }, 240_000);
});
