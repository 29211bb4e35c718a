import type { ApiClient } from '#libs/testing/api-client.js';
import { AYSE, FATMA, line, march, MEHMET, receive, ToldProduct } from '#libs/testing/told-product.js';

const tomorrow = new Date(Date.now() + 36 * 3_600_000).toISOString();
const opened = (id: string): string[] => [
  line(id, '02T10:00', AYSE, 'route', { team: 'plumbing' }),
  line(id, '02T11:00', MEHMET, 'open'),
];
const settled = (id: string): string[] => [
  line(id, '02T10:00', AYSE, 'resolve', { outcome: 'explained', explanation: 'Açıklandı' }),
  line(id, '02T10:30', AYSE, 'confirm'),
];
const closed = (id: string): string[] => [...settled(id), line(id, '02T11:00', AYSE, 'close')];

// Told at nine on a Monday of March: plumbing is due after 27 h of work, on Wednesday at 18:00 (15:00 UTC).
const HISTORIES: readonly string[] = [
  receive('untouched', '02T06:00'),
  ...[receive('urgent', '02T06:00', { priority: 'urgent' }), ...opened('urgent')],
  receive('paused', '02T06:00'),
  ...[
    ...opened('paused'),
    line('paused', '02T12:00', MEHMET, 'pause', { reason: 'Müşteri bekleniyor', until: tomorrow }),
  ],
  receive('checked', '02T06:00'),
  ...opened('checked'),
  line('checked', '02T12:00', MEHMET, 'resolve', { outcome: 'fixed', explanation: 'Onarıldı' }),
  ...[receive('confirmed', '02T06:00'), ...settled('confirmed')],
  ...[receive('surveyed-next', '02T06:00'), ...closed('surveyed-next')],
  ...[receive('called-back', '02T06:00'), ...closed('called-back')],
  line('called-back', '02T12:00', FATMA, 'survey-attempts', { outcome: 'call-back', callBackAt: tomorrow }),
  ...[receive('withdrawn', '02T06:00'), line('withdrawn', '02T07:00', AYSE, 'withdraw', { reason: 'x' })],
];

interface Item {
  readonly externalId: string;
  readonly step: string;
  readonly due: string | null;
  readonly urgency: string;
}

let told: ToldProduct;
let agent: ApiClient;

beforeAll(async () => {
  told = await ToldProduct.start();
  agent = await told.as('agent');
  await told.tell(HISTORIES);
});
afterAll(() => told.stop());

async function listed(path: string): Promise<string[]> {
  const { items } = (await told.ask(agent, `/worklists/${path}`)) as { items: Item[] };
  return items.map(({ externalId }) => externalId);
}

describe('The daily follow-up list', () => {
  it('has all that is unfinished, due first comes first, with what is next and by when', async () => {
    const { items } = (await told.ask(agent, '/worklists/follow-up')) as { items: Item[] };
    expect(items.map(({ externalId, step, due, urgency }) => [externalId, step, due, urgency])).toEqual([
      // Four hours for what is urgent; nine from the result to its check; 27 for the others and the survey.
      ['urgent', 'team', march('02T10:00'), 'overdue'],
      ['checked', 'approval', march('03T12:00'), 'overdue'],
      ['untouched', 'triage', march('04T15:00'), 'overdue'],
      ['surveyed-next', 'survey', march('05T11:00'), 'overdue'],
      ['called-back', 'survey', tomorrow, 'open'],
      ['paused', 'team', null, 'open'],
      ['confirmed', 'closing', null, 'open'],
    ]);
  });

  it.each([
    ['overdue', ['urgent', 'checked', 'untouched', 'surveyed-next']],
    ['due-today', []],
    ['open', ['called-back', 'paused', 'confirmed']],
  ])('narrows to what is %s', async (urgency, expected) => {
    expect(await listed(`follow-up?urgency=${urgency}`)).toEqual(expected);
  });

  it('goes on page by page within what it is narrowed to', async () => {
    const first = await told.ask(agent, '/worklists/follow-up?urgency=overdue&limit=3');
    const rest = `follow-up?urgency=overdue&limit=3&cursor=${first.nextCursor}`;
    expect([first.items.length, await listed(rest)]).toEqual([3, ['surveyed-next']]);
  });

  it('refuses an urgency that there is not', async () => {
    const { status, body } = await agent.get('/worklists/follow-up?urgency=late');
    expect([status, body.errors?.[0]?.pointer]).toEqual([400, '/urgency']);
  });
});

describe('Paused work', () => {
  it('says until when it is likely to stay so', async () => {
    const { items } = (await told.ask(agent, '/worklists/team')) as {
      items: (Item & { pausedUntil?: string })[];
    };
    expect(items.map(({ externalId, pausedUntil }) => [externalId, pausedUntil])).toEqual([
      ['urgent', undefined],
      ['paused', tomorrow],
    ]);
  });
});

describe('The summary of worklists', () => {
  interface Counts {
    readonly name: string;
    readonly total: number;
    readonly byUrgency: Record<string, number>;
  }
  const summary = async (query = '') =>
    (await told.ask(agent, `/worklists${query}`)) as { items: Counts[]; callBacks: Counts };

  it('counts what each list holds, by urgency', async () => {
    const { items, callBacks } = await summary();
    const rows = [...items, { ...callBacks, name: 'callBacks' }].map(({ name, total, byUrgency }) => [
      name,
      total,
      ...['overdue', 'due-today', 'open'].map((urgency) => byUrgency[urgency]),
    ]);
    expect(rows).toEqual([
      ['triage', 1, 1, 0, 0],
      ['team', 2, 1, 0, 1],
      ['approval', 1, 1, 0, 0],
      ['closing', 1, 0, 0, 1],
      ['survey', 2, 1, 0, 1],
      ['follow-up', 7, 4, 0, 3],
      ['escalated', 0, 0, 0, 0],
      ['callBacks', 1, 0, 0, 1],
    ]);
  });

  it.each(['overdue', 'due-today', 'open'])('agrees with the lists: what is %s', async (urgency) => {
    const { items } = await summary();
    for (const { name, byUrgency } of items) {
      expect([name, (await listed(`${name}?urgency=${urgency}`)).length]).toEqual([name, byUrgency[urgency]]);
    }
  });

  it('counts one team’s, and an officer’s own', async () => {
    const plumbing = await summary('?team=plumbing');
    expect(plumbing.items.find(({ name }) => name === 'follow-up')).toMatchObject({ total: 3 });
    expect(plumbing.callBacks.total).toBe(0);
    const officer = await told.as('officer', 'plumbing');
    expect(await told.ask(officer, '/worklists')).toMatchObject({ items: plumbing.items });
    expect((await officer.get('/worklists?team=electrical')).status).toBe(403);
  });
});

describe('Each step', () => {
  it.each([
    ['triage', ['untouched']],
    ['team', ['urgent', 'paused']],
    ['approval', ['checked']],
    ['closing', ['confirmed']],
    ['survey', ['surveyed-next', 'called-back']],
    ['team?team=plumbing&urgency=open', ['paused']],
    ['team?team=electrical', []],
  ])('has its worklist: %s', async (path, expected) => {
    expect(await listed(path)).toEqual(expected);
  });
});
