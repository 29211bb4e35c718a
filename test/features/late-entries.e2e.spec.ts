import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiClient, apiClient } from '#libs/testing/api-client.js';
import { type ProductProcess, removeDataDir, startProductProcess } from '#libs/testing/running-product.js';
import { complaintBody } from './complaint-body.js';

const HOUR = 3_600_000;
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const begun = Date.now() - 10 * HOUR;
/** Hours after the reception, which ten hours ago was entered late itself. */
const at = (hours: number): string => new Date(begun + hours * HOUR).toISOString();

let product: ProductProcess;
let agent: ApiClient;
let auditor: ApiClient;
let id: string;

beforeAll(async () => {
  product = await startProductProcess();
  agent = apiClient(product.url, await product.token('agent'));
  auditor = apiClient(product.url, await product.token('auditor'));
  const admin = apiClient(product.url, await product.token('admin'));
  // The policy that rules from the beginning of time names this calendar: open round the clock, whenever tests run.
  const opened = await admin.put('/calendars/default', {
    names: { tr: 'Kesintisiz', en: 'Around the clock' },
    timeZone: 'Europe/Istanbul',
    hours: Object.fromEntries(DAYS.map((day) => [day, [['00:00', '24:00']]])),
  });
  expect(opened.status).toBe(200);
  // Urgent at plumbing: four hours, escalating at 80 % and at the due moment.
  const body = complaintBody({ priority: 'urgent', contactedAt: at(0), occurredAt: at(0) });
  id = (await agent.post('/complaints', body)).body.id;
  for (let waited = 0; (await types()).length < 3 && waited < 15_000; waited += 50) await sleep(50);
});

afterAll(async () => {
  await product.stop();
  await removeDataDir(product.dataDir);
});

async function items(query = ''): Promise<{ type: string; occurredAt: string; revision: number }[]> {
  return (await auditor.get(`/complaints/${id}/history?limit=200${query}`)).body.items;
}
const types = async (query = ''): Promise<string[]> => (await items(query)).map(({ type }) => type);

describe('What people enter after the system has escalated meanwhile', () => {
  it('may have happened before that, not before what people told last', async () => {
    expect(await types()).toEqual(['ComplaintReceived', 'ComplaintEscalated', 'ComplaintEscalated']);
    const routed = await agent.post(`/complaints/${id}/route`, { team: 'plumbing', occurredAt: at(1) });
    expect([routed.status, routed.body.revision]).toEqual([200, 3]);
    const tooEarly = await agent.post(`/complaints/${id}/pause`, {
      reason: 'Evde değil',
      occurredAt: at(0.5),
    });
    expect([tooEarly.status, tooEarly.body.reason, tooEarly.body.errors[0].pointer]).toEqual([
      400,
      'occurred-before-previous-fact',
      '/occurredAt',
    ]);
    const paused = await agent.post(`/complaints/${id}/pause`, { reason: 'Evde değil', occurredAt: at(2) });
    const resumed = await agent.post(`/complaints/${id}/resume`, { occurredAt: at(5) });
    expect([paused.status, resumed.status]).toEqual([200, 200]);
  });

  it('stands in the history in either order, whole also by pages', async () => {
    const told = ['ComplaintReceived', 'ComplaintRouted', 'ClockPaused', 'ClockResumed'];
    const escalated = ['ComplaintEscalated', 'ComplaintEscalated'];
    expect(await types('&basis=recorded')).toEqual([told[0], ...escalated, ...told.slice(1)]);
    expect(await types('&basis=occurred')).toEqual([...told, ...escalated]);
    for (const basis of ['recorded', 'occurred']) {
      const paged: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const query: string = `basis=${basis}&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`;
        const page = (await auditor.get(`/complaints/${id}/history?${query}`)).body;
        expect(page.items.length).toBeLessThanOrEqual(2);
        paged.push(...page.items.map(({ type }: { type: string }) => type));
        cursor = page.nextCursor;
      }
      expect(paged).toEqual(await types(`&basis=${basis}`));
    }
  });

  it('counts on the clock from when it happened, and leaves the escalations as they were', async () => {
    const { body } = await agent.get(`/complaints/${id}/clocks`);
    const clock = body.clocks.find((one: { clock: string }) => one.clock === 'resolution');
    expect(clock).toMatchObject({ target: 'PT4H', due: at(7), status: 'running-late' });
    const spans = clock.ledger.map(
      ({ from, to, state, by }: { from: string; to: string; state: string; by: { type: string } }) =>
        [from, to, state, by.type].join(' '),
    );
    expect(spans).toEqual([
      `${at(0)} ${at(2)} running ComplaintReceived`,
      `${at(2)} ${at(5)} paused ClockPaused`,
      `${at(5)} ${body.now} running ClockResumed`,
    ]);
    // Level 3 is due 18 hours after; the two that had been reached come no second time.
    await sleep(700);
    expect((await types()).filter((type) => type === 'ComplaintEscalated')).toHaveLength(2);
    const complaint = (await agent.get(`/complaints/${id}`)).body;
    expect(complaint).toMatchObject({ escalationLevel: 2, paused: false });
    const [last] = (await items('&basis=occurred')).slice(-1);
    expect(complaint.lastEventAt).toBe(last?.occurredAt);
  });

  it('breaks no chain: each event covers the one recorded before it', async () => {
    const recorded = (await auditor.get(`/complaints/${id}/history?limit=200`)).body.items;
    const hashes = recorded.map(({ hash }: { hash: string }) => hash);
    const previous = recorded.map(({ previousHash }: { previousHash: string | null }) => previousHash);
    expect(previous.slice(1)).toEqual(hashes.slice(0, -1));
  });
});
