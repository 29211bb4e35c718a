import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { demoComplaints } from '#libs/demo-data/index.js';
import { type ImportAnswer, type ImportLine, sendImport } from '#libs/importing/index.js';
import { apiClient } from '#libs/testing/api-client.js';
import {
  type ProductProcess,
  removeDataDir,
  runCommandLine,
  startProductProcess,
} from '#libs/testing/running-product.js';

let product: ProductProcess;

beforeAll(async () => {
  product = await startProductProcess();
});

afterAll(async () => {
  await product.stop();
  await removeDataDir(product.dataDir);
});

async function imported(lines: Iterable<string> | AsyncIterable<Uint8Array>): Promise<ImportAnswer[]> {
  const answers: ImportAnswer[] = [];
  for await (const answer of sendImport({ url: product.url, token: await product.token('service') }, lines))
    answers.push(answer);
  return answers;
}

function counts(answers: readonly ImportAnswer[]): Record<string, number> {
  const by: Record<string, number> = {};
  for (const { status } of answers) by[status] = (by[status] ?? 0) + 1;
  return by;
}

const demoLines = [...demoComplaints(25, Date.now() - 1000)].flat();

describe('an import over HTTP', () => {
  it('answers every line in order, and adds nothing when it is sent again', async () => {
    const lines = demoLines.map((line) => JSON.stringify(line));
    const first = await imported(lines);
    expect(first.map(({ line }) => line)).toEqual(lines.map((_, index) => index + 1));
    expect(counts(first)).toEqual({ accepted: lines.length });
    const again = await imported(lines);
    expect(counts(again)).toEqual({ repeated: lines.length });
    expect(again.map((answer) => ({ ...answer, status: 'accepted' }))).toEqual(first);
  });

  it('reads bytes as they are, or refuses them: none become other text', async () => {
    const good = { ...demoLines[0]!, externalId: 'bytes-1' };
    const text = JSON.stringify({ ...good, body: { ...good.body, subject: 'þikâyet' } });
    async function* content(): AsyncGenerator<Uint8Array> {
      yield Buffer.concat([Buffer.from(text, 'latin1'), Buffer.from('\r\n\r\n')]);
      yield Buffer.from(`\ufeff${text}\n${text.slice(0, -1)},"command":"close"}`);
      await Promise.resolve();
    }
    const answers = await imported(content());
    expect(answers.map(({ line, status }) => [line, status])).toEqual([
      [1, 'refused'],
      [3, 'accepted'],
      [4, 'refused'],
    ]);
    const pointers = answers.map((answer) => answer.status === 'refused' && answer.problem.errors);
    expect(pointers[2]).toMatchObject([{ pointer: '/command' }]);
  });

  it('is read without a content encoding only', async () => {
    const answer = await fetch(`${product.url}/api/v1/import`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${await product.token('service')}`,
        'Content-Type': 'application/x-ndjson',
        'Content-Encoding': 'gzip',
      },
      body: gzipSync(JSON.stringify(demoLines[0])),
    });
    expect(answer.status).toBe(415);
  });

  it('keeps the moments and people of the other system, and who sent them', async () => {
    const [answer] = await imported([JSON.stringify(demoLines[0])]);
    const auditor = apiClient(product.url, await product.token('auditor'));
    const { id } = answer as { id: string };
    const history = await auditor.get(`/complaints/${id}/history`);
    const { occurredAt, actor } = demoLines[0]!;
    expect(history.body.items[0]).toMatchObject({ occurredAt, actor });
  });

  it('refuses broken lines with their reasons and takes the others', async () => {
    const good = { ...demoLines[0]!, externalId: 'mixed-1' };
    const answers = await imported([
      '{"command": ',
      JSON.stringify({ ...good, command: 'dance' }),
      JSON.stringify(good),
      JSON.stringify({ ...good, command: 'close', body: {} }),
      JSON.stringify({ ...good, externalId: 'never-received', command: 'close', body: {} }),
      JSON.stringify({ ...good, externalId: 'mixed-2', body: { ...good.body, channel: 'pigeon' } }),
    ]);
    const told = answers.map((answer) => (answer.status === 'refused' ? answer.problem.type : answer.status));
    expect(told).toEqual([
      '/problems/malformed-json',
      '/problems/invalid-input',
      'accepted',
      '/problems/illegal-transition',
      '/problems/not-found',
      '/problems/invalid-input',
    ]);
    const last = answers.at(-1) as Extract<ImportAnswer, { status: 'refused' }>;
    expect(answers[3]).toMatchObject({ problem: { currentStatus: 'received' } });
    expect(last.problem.errors).toMatchObject([{ pointer: '/body/channel' }]);
  });

  it('is for upstream services only, and reads NDJSON only', async () => {
    const send = async (role: string, type: string) =>
      fetch(`${product.url}/api/v1/import`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${await product.token(role)}`, 'Content-Type': type },
        body: '',
      });
    expect((await send('agent', 'application/x-ndjson')).status).toBe(403);
    expect((await send('service', 'application/x-ndjson')).status).toBe(200);
    const csv = await fetch(`${product.url}/api/v1/import`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${await product.token('service')}`, 'Content-Type': 'text/csv' },
      body: 'a,b',
    });
    expect(csv.status).toBe(415);
  });
});

describe('an import from the command line', () => {
  it('reads NDJSON files, tells what it refused, and repeats without harm', async () => {
    const file = join(product.dataDir, 'lines.ndjson');
    const lines: ImportLine[] = demoLines.map((line) => ({ ...line, externalId: `file-${line.externalId}` }));
    await writeFile(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\nnot json\n`);
    const first = await runCommandLine(['import', file, '--json'], product.dataDir);
    expect(first.code).toBe(3);
    expect(JSON.parse(first.stdout)).toMatchObject({
      lines: lines.length + 1,
      accepted: lines.length,
      repeated: 0,
      refused: 1,
      refusedByReason: { 'malformed-json': 1 },
    });
    const again = await runCommandLine(['import', file, '--json'], product.dataDir);
    expect(JSON.parse(again.stdout)).toMatchObject({ accepted: 0, repeated: lines.length, refused: 1 });
  });

  it('reads a process-mining log with a mapping; its totals add up', async () => {
    const file = join(product.dataDir, 'log.csv');
    const refusedFile = join(product.dataDir, 'refused.ndjson');
    const row = (activity: string, resource: string, at: string, caseId: string): string =>
      `${activity},${resource},2012-01-02 ${at}:00+00:00,${caseId}`;
    await writeFile(
      file,
      [
        'concept:name,org:resource,time:timestamp,case:concept:name',
        row('Assign seriousness', 'Value 1', '08:00', 'Case1'),
        row('Take in charge ticket', 'Value 1', '09:00', 'Case1'),
        'Wait,"broken',
        row('Wait', 'Value 1', '09:30', 'Case1'),
        row('Resolve ticket', 'Value 1', '10:00', 'Case1'),
        row('Closed', 'Value 2', '11:00', 'Case1'),
        row('Take in charge ticket', 'Value 1', '09:00', 'Case2'),
        row('Insert ticket', 'Value 3', '10:00', 'Case2'),
        row('Assign seriousness', 'Value 3', '10:05', 'Case2'),
        row('VERIFIED', 'Value 3', '10:06', 'Case2'),
        row('Closed', 'Value 3', 'noon', 'Case2'),
        row('Closed', 'Value 3', '12:00', 'Case2'),
      ].join('\n'),
    );
    const args = ['import', '--event-log', '--mapping', 'docs/how-to/helpdesk-mapping.json', file, '--json'];
    const first = await runCommandLine([...args, '--refused', refusedFile], product.dataDir);
    const report = JSON.parse(first.stdout);
    const { accepted, repeated, merged, refused: refusedCount } = report as Record<string, number>;
    expect(report.lines).toBe(accepted! + repeated! + merged! + refusedCount!);
    expect(report).toMatchObject({ cases: 2, merged: 1, repeated: 0 });
    expect(report.refusedByReason).toMatchObject({
      'unknown-activity': 1,
      'not-found': 1,
      'illegal-transition': 1,
      'broken-line: no-time': 1,
    });
    const refused = (await readFile(refusedFile, 'utf8')).trim().split('\n');
    expect(refused).toHaveLength(report.refused);
    const again = JSON.parse((await runCommandLine(args, product.dataDir)).stdout);
    expect(again).toMatchObject({
      accepted: 0,
      repeated: report.accepted,
      refused: report.refused,
      merged: 1,
    });
  });
});
