import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '#libs/testing/api-client.js';
import { AYSE, line, MARCH, MEHMET, receive, ToldProduct } from '#libs/testing/told-product.js';

/*
 * A history told in five steps. After each step the live answers are written down; when it is over, the same questions
 * as of those moments must give the same answers, whatever has happened since.
 */
/** Longer than a read model lags behind the log. */
const LAG_MS = 300;

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
].map((report) => `/reports/${report}&${MARCH}`);

interface Recorded {
  readonly at: string;
  readonly answers: ReadonlyMap<string, unknown>;
}

let told: ToldProduct;
let analyst: ApiClient;
let auditor: ApiClient;
const recorded: Recorded[] = [];

/** A report without what names the question itself, or how far the read model was (also by configuration events). */
async function answerTo(path: string, asOf?: string): Promise<unknown> {
  const client = path.startsWith('/reports') ? analyst : auditor;
  const sign = path.includes('?') ? '&' : '?';
  const asked = asOf === undefined ? path : `${path}${sign}asOf=${asOf}`;
  const { asOf: _asOf, position: _position, ...answer } = await told.ask(client, asked);
  return answer;
}

async function liveAnswers(): Promise<ReadonlyMap<string, unknown>> {
  const answers = new Map<string, unknown>();
  const complaints = [...told.ids.values()].map((id) => `/complaints/${id}`);
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
  told = await ToldProduct.start();
  analyst = await told.as('analyst');
  auditor = await told.as('auditor');
  for (const step of STEPS) {
    await told.tell(step);
    recorded.push(await record());
  }
}, 60_000);
afterAll(() => told.stop());

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
    const path = `/complaints/${told.ids.get('three')}`;
    expect((await auditor.get(`${path}?asOf=${recorded[2]!.at}`)).status).toBe(404);
    expect((await auditor.get(`${path}?asOf=${recorded[3]!.at}`)).status).toBe(200);
  });
});
