import { setTimeout as sleep } from 'node:timers/promises';
import { sendImport } from '#libs/importing/index.js';
import { apiClient, type ApiClient } from '#libs/testing/api-client.js';
import { removeDataDir, startProductProcess, type ProductProcess } from '#libs/testing/running-product.js';

/*
 * A history told in five steps. After each step the live answers are written down; when it is over, the same questions
 * as of those moments must give the same answers, whatever has happened since.
 */
const march = (at: string): string => `2026-03-${at}:00.000Z`;
const AYSE = { sub: 'ayse', name: 'Ayşe', role: 'agent' };
const MEHMET = { sub: 'mehmet', name: 'Mehmet', role: 'officer', team: 'plumbing' };
const PERIOD = 'from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z';

/** Longer than a read model lags behind the log. */
const LAG_MS = 300;

function line(externalId: string, at: string, actor: object, command: string, body: object = {}): string {
  return JSON.stringify({ command, body, occurredAt: march(at), actor, externalId });
}

function receive(externalId: string, at: string, more: object = {}): string {
  return line(externalId, at, AYSE, 'receive', {
    customer: { ref: externalId, kind: 'owner', name: 'Gülizar Özçelik', phone: '+90 555 123 45 67' },
    channel: 'phone',
    contactedAt: march(at),
    callTree: 'defects-plumbing',
    subject: 'Su kaçağı',
    description: 'Mutfakta su damlıyor',
    ...more,
  });
}

const RESOLUTION = { outcome: 'fixed', explanation: 'Conta değişti', category: 'material' };
const SCORES = { solution: 5, technique: 4, attention: null, quality: 3, duration: 2 };

const STEPS: readonly (readonly string[])[] = [
  [receive('one', '02T09:00'), receive('two', '02T10:00', { callTree: 'sales', channel: 'email' })],
  [line('one', '02T11:00', AYSE, 'route', { team: 'plumbing' }), line('one', '02T12:00', MEHMET, 'open')],
  [
    line('one', '03T09:00', MEHMET, 'resolve', RESOLUTION),
    line('one', '03T10:00', AYSE, 'confirm'),
    line('one', '03T10:30', AYSE, 'close'),
  ],
  [
    line('one', '03T12:00', AYSE, 'survey-attempts', { outcome: 'no-answer' }),
    line('one', '04T12:00', AYSE, 'survey', { scores: SCORES, overall: 4 }),
    receive('three', '05T09:00'),
  ],
  [line('two', '06T09:00', AYSE, 'withdraw', { reason: 'Vazgeçti' })],
];

const REPORTS = [
  'registration-compliance?groupBy=channel,week',
  'resolution-compliance?groupBy=callTree,team',
  'satisfaction?groupBy=month',
  'escalations?groupBy=level,callTree',
  'workload?groupBy=team',
  'root-causes?groupBy=category',
].map((report) => `/reports/${report}&${PERIOD}`);

interface Recorded {
  readonly at: string;
  readonly answers: ReadonlyMap<string, unknown>;
}

let product: ProductProcess;
let analyst: ApiClient;
let auditor: ApiClient;
let position = '';
const ids = new Map<string, string>();
const recorded: Recorded[] = [];

/** A report without what names the question itself, or how far the read model was (also by configuration events). */
async function answerTo(path: string, asOf?: string): Promise<unknown> {
  const client = path.startsWith('/reports') ? analyst : auditor;
  const sign = path.includes('?') ? '&' : '?';
  const asked = asOf === undefined ? path : `${path}${sign}asOf=${asOf}`;
  const { status, body } = await client.get(asked, { 'Consistency-Token': position });
  expect([asked, status]).toEqual([asked, 200]);
  const { asOf: _asOf, position: _position, ...answer } = body;
  return answer;
}

async function liveAnswers(): Promise<ReadonlyMap<string, unknown>> {
  const answers = new Map<string, unknown>();
  const complaints = [...ids.values()].map((id) => `/complaints/${id}`);
  for (const path of [...REPORTS, ...complaints]) answers.set(path, await answerTo(path));
  return answers;
}

/** Escalations come by themselves: a moment counts when the answers were the same before and well after it. */
async function record(): Promise<Recorded> {
  for (;;) {
    const answers = await liveAnswers();
    const at = new Date().toISOString();
    await sleep(LAG_MS);
    const after = await liveAnswers();
    if (JSON.stringify([...answers]) === JSON.stringify([...after])) return { at, answers };
  }
}

beforeAll(async () => {
  product = await startProductProcess();
  analyst = apiClient(product.url, await product.token('analyst'));
  auditor = apiClient(product.url, await product.token('auditor'));
  const token = await product.token('service');
  for (const step of STEPS) {
    for await (const answer of sendImport({ url: product.url, token }, step)) {
      if (answer.status === 'refused') throw new Error(JSON.stringify(answer));
      const { externalId, id, position: place } = answer as unknown as Record<string, string>;
      ids.set(externalId!, id!);
      if (place! > position) position = place!;
    }
    recorded.push(await record());
  }
}, 60_000);
afterAll(async () => {
  await product.stop();
  await removeDataDir(product.dataDir);
});

describe('What was answered after each step of a history', () => {
  it('changed from step to step, so that one moment cannot stand in for another', () => {
    expect(new Set(recorded.map(({ answers }) => JSON.stringify([...answers]))).size).toBe(STEPS.length);
  });

  it.each(STEPS.map((_, step) => step))('is answered again as of the moment after step %i', async (step) => {
    const { at, answers } = recorded[step]!;
    for (const [path, answer] of answers) {
      expect({ path, answer: await answerTo(path, at) }).toEqual({ path, answer });
    }
  });

  it('knows no complaint that came in later', async () => {
    const path = `/complaints/${ids.get('three')}`;
    expect((await auditor.get(`${path}?asOf=${recorded[2]!.at}`)).status).toBe(404);
    expect((await auditor.get(`${path}?asOf=${recorded[3]!.at}`)).status).toBe(200);
  });
});
