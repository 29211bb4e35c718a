import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '#libs/testing/api-client.js';
import { THREE_COMPLAINTS } from '#libs/testing/three-complaints.js';
import { march, ToldProduct } from '#libs/testing/told-product.js';
import { PROJECTIONS } from '#projections/index.js';

let told: ToldProduct;
let agent: ApiClient;
let plumber: ApiClient;
let analyst: ApiClient;

beforeAll(async () => {
  told = await ToldProduct.start();
  agent = await told.as('agent');
  plumber = await told.as('officer', 'plumbing');
  analyst = await told.as('analyst');
  await told.tell(THREE_COMPLAINTS);
});
afterAll(() => told.stop());

describe('The configuration', () => {
  it('is listed as it is in force, and with its history', async () => {
    const { items } = await told.ask(analyst, '/teams');
    expect(items.find(({ code }: { code: string }) => code === 'plumbing')).toMatchObject({
      version: 1,
      active: true,
    });
    const history = await told.ask(analyst, '/sla-policies?history=true');
    expect(history.items).toMatchObject([{ version: 1, publishedBy: { role: 'system' } }]);
    // Whatever it says of itself, no policy rules what began before it was published.
    const [{ effectiveFrom, publishedAt, inForceFrom }] = history.items;
    expect([effectiveFrom, inForceFrom]).toEqual(['2000-01-01T00:00:00.000Z', publishedAt]);
  });

  it('has its targets tried out without anything being stored', async () => {
    const body = { target: 'PT10H', start: '2026-03-02T16:00:00Z' };
    const hours = Object.fromEntries(
      ['monday', 'tuesday', 'wednesday'].map((day) => [day, [['09:00', '17:00']]]),
    );
    const draft = await agent.post('/sla-policies/preview', {
      ...body,
      calendar: { timeZone: 'UTC', hours },
    });
    expect([draft.status, draft.body]).toMatchObject([
      200,
      { due: march('04T10:00'), elapsed: 36_000, compliant: null },
    ]);
    const paused = {
      ...body,
      calendar: 'default',
      end: march('04T10:00'),
      pauses: [{ from: march('03T06:00'), to: march('03T15:00') }],
    };
    const judged = await agent.post('/sla-policies/preview', paused);
    expect(judged.body).toMatchObject({ elapsed: 4 * 3600, compliant: true });
    const never = await agent.post('/sla-policies/preview', {
      ...body,
      calendar: { timeZone: 'UTC', hours: {} },
    });
    expect([never.status, never.body.errors[0].pointer]).toEqual([400, expect.stringMatching(/^\/calendar/)]);
  });
});

describe('The read models', () => {
  it('tell how far they are, to those who operate them', async () => {
    const { items } = await told.ask(analyst, '/projections');
    expect(items.map(({ name }: { name: string }) => name).sort()).toEqual(
      PROJECTIONS.map(({ name }) => name).sort(),
    );
    expect((await plumber.get('/projections')).status).toBe(403);
  });

  it('have nothing parked, and are built anew by administrators only', async () => {
    expect(await told.ask(analyst, '/projections/sla-facts/parked')).toEqual({ items: [], nextCursor: null });
    expect((await analyst.post('/projections/sla-facts/rebuild')).status).toBe(403);
    const admin = await told.as('admin');
    expect((await admin.post('/projections/nothing/rebuild')).status).toBe(404);
    let rebuilt = await admin.post('/projections/satisfaction-facts/rebuild');
    // The first build itself counts as being built until a beat after it has got to the head.
    while (rebuilt.status === 409) {
      await sleep(100);
      rebuilt = await admin.post('/projections/satisfaction-facts/rebuild');
    }
    const { version } = PROJECTIONS.find(({ name }) => name === 'satisfaction-facts')!;
    expect([rebuilt.status, rebuilt.body]).toEqual([202, { name: 'satisfaction-facts', version, build: 1 }]);
    expect((await admin.post('/projections/satisfaction-facts/parked/none/retry')).status).toBe(404);
  });

  it('that do not get to the caller’s position in time say so', async () => {
    const ahead = `${'9'.repeat(19)}0-${'9'.repeat(19)}0`;
    const answer = await agent.get('/complaints', { 'Consistency-Token': ahead });
    expect([answer.status, answer.body.type]).toEqual([503, '/problems/read-model-behind']);
    expect(answer.headers.get('retry-after')).toBe('1');
  });
});
