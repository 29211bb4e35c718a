import type { ApiClient } from '#libs/testing/api-client.js';
import { ToldProduct } from '#libs/testing/told-product.js';

type Spans = readonly (readonly [string, string])[];
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const OFFICE: Spans = [['09:00', '17:00']];

let product: ToldProduct;
let agent: ApiClient;

beforeAll(async () => {
  product = await ToldProduct.start();
  agent = await product.as('agent');
});
afterAll(() => product.stop());

function open(timeZone: string, spans: Spans = OFFICE, days = 5, more: object = {}): object {
  return { timeZone, hours: Object.fromEntries(DAYS.slice(0, days).map((day) => [day, spans])), ...more };
}

/** Due moment, hours elapsed and verdict. */
async function ask(calendar: unknown, target: string, start: string, more: object = {}): Promise<unknown[]> {
  const { status, body } = await agent.post('/sla-policies/preview', { calendar, target, start, ...more });
  if (status !== 200) return [status, body.errors?.[0]?.pointer];
  return [body.due, body.elapsed / 3600, body.compliant];
}

const utc = open('UTC');
const turkey = open('Europe/Istanbul', OFFICE, 5, { holidays: { country: 'TR' } });
const around = (zone: string): object => open(zone, [['00:00', '24:00']], 7);
const iso = (text: string): string => new Date(text).toISOString();

// 2 November 2026 is a Monday. Numbers are those of the catalogue of clock cases.
const cases: [string, unknown, string, string, object, string | null, number, boolean | null][] = [
  ['1 spills over a weekend', utc, 'PT2H', '2026-11-06T16:00Z', {}, '2026-11-09T10:00Z', 2, null],
  ['1 before hours', utc, 'PT2H', '2026-11-04T07:00Z', {}, '2026-11-04T11:00Z', 2, null],
  ['1 after hours', utc, 'PT2H', '2026-11-04T18:00Z', {}, '2026-11-05T11:00Z', 2, null],
  ['1 on a Saturday', utc, 'PT2H', '2026-11-07T12:00Z', {}, '2026-11-09T11:00Z', 2, null],
  ['1 over two days', utc, 'PT10H', '2026-11-02T16:00Z', {}, '2026-11-04T10:00Z', 10, null],
  [
    '2 other hours each day',
    { timeZone: 'UTC', hours: { monday: OFFICE, tuesday: [['09:00', '20:00']] } },
    ...(['PT10H', '2026-11-02T18:00Z', {}, '2026-11-03T19:00Z', 10, null] as const),
  ],
  ['3 a day of 24 hours', around('UTC'), 'PT24H', '2026-11-07T00:00Z', {}, '2026-11-08T00:00Z', 24, null],
  [
    '5 split days',
    open('UTC', [
      ['08:00', '13:00'],
      ['14:00', '18:00'],
    ]),
    ...(['PT6H', '2026-11-02T12:00Z', {}, '2026-11-03T09:00Z', 6, null] as const),
  ],
  [
    '5 past midnight',
    open('UTC', [['22:00', '06:00']]),
    ...(['PT4H', '2026-11-06T23:00Z', {}, '2026-11-07T03:00Z', 4, null] as const),
  ],
  [
    '6 the hour that is skipped',
    around('Europe/Berlin'),
    ...(['PT3H', '2026-03-29T01:00+01:00', {}, '2026-03-29T05:00+02:00', 3, null] as const),
  ],
  [
    '6 the hour that comes twice, at the counter',
    open('Europe/Berlin', [['00:00', '06:00']], 7),
    ...(['PT7H', '2026-10-25T00:00+02:00', {}, '2026-10-25T06:00+01:00', 7, null] as const),
  ],
  [
    '6 half an hour',
    open('Australia/Lord_Howe', [['01:00', '04:00']], 7),
    ...(['PT2H30M', '2026-10-04T01:00+10:30', {}, '2026-10-04T04:00+11:00', 2.5, null] as const),
  ],
  [
    '8 a switch day moved for an exam',
    open('Europe/Istanbul'),
    ...(['PT1H', '2011-03-28T09:00+03:00', {}, '2011-03-28T10:00+03:00', 1, null] as const),
  ],
  [
    '8 winter time still, a day before',
    open('Europe/Istanbul', OFFICE, 7),
    ...(['PT1H', '2011-03-27T09:00+02:00', {}, '2011-03-27T10:00+02:00', 1, null] as const),
  ],
  [
    '9 the eve of the Republic closes at one',
    ...([turkey, 'PT5H', '2026-10-28T12:00+03:00', {}, '2026-10-30T13:00+03:00', 5, null] as const),
  ],
  [
    '9 the same long ago',
    ...([turkey, 'PT5H', '2009-10-28T12:00+02:00', {}, '2009-10-30T13:00+02:00', 5, null] as const),
  ],
  [
    '9 the same far ahead',
    ...([turkey, 'PT5H', '2043-10-28T12:00+03:00', {}, '2043-10-30T13:00+03:00', 5, null] as const),
  ],
  [
    '10 holidays next to a weekend',
    open('UTC', OFFICE, 5, {
      exceptions: [
        { date: '2026-11-06', hours: [] },
        { date: '2026-11-09', hours: [] },
      ],
    }),
    ...(['PT2H', '2026-11-05T16:00Z', {}, '2026-11-10T10:00Z', 2, null] as const),
  ],
  [
    '11 a pause over a weekend adds nothing',
    utc,
    'PT4H',
    '2026-11-06T15:00Z',
    { pauses: [{ from: '2026-11-06T17:00Z', to: '2026-11-09T09:00Z' }], end: '2026-11-09T11:00Z' },
    ...(['2026-11-09T11:00Z', 4, true] as const),
  ],
  [
    '11 a part of an hour, and another across midnight',
    utc,
    'PT4H',
    '2026-11-02T14:00Z',
    {
      pauses: [
        { from: '2026-11-02T14:15Z', to: '2026-11-02T14:45Z' },
        { from: '2026-11-02T16:00Z', to: '2026-11-03T10:00Z' },
      ],
    },
    ...(['2026-11-03T12:30Z', 4, null] as const),
  ],
  [
    '12 done while still paused from the start',
    utc,
    'PT4H',
    '2026-11-02T10:00Z',
    { pauses: [{ from: '2026-11-02T10:00Z' }], end: '2026-11-02T15:00Z' },
    ...([null, 0, true] as const),
  ],
  ['18 used up at closing', utc, 'PT8H', '2026-11-02T09:00Z', {}, '2026-11-02T17:00Z', 8, null],
  ['18 a second later', utc, 'PT8H1S', '2026-11-02T09:00Z', {}, '2026-11-03T09:00:01Z', 28_801 / 3600, null],
  [
    '19 an end before the start',
    utc,
    'PT8H',
    '2026-11-02T10:00Z',
    { end: '2026-11-02T09:00Z' },
    ...(['2026-11-03T10:00Z', 0, true] as const),
  ],
  ['20 years', around('UTC'), 'P3650D', '2026-01-01T00:00Z', {}, '2035-12-30T00:00Z', 87_600, null],
];

describe('The preview answers the cases of the catalogue', () => {
  it.each(cases)('%s', async (_case, calendar, target, start, more, due, hours, compliant) => {
    expect(await ask(calendar, target, start, more)).toEqual([due && iso(due), hours, compliant]);
  });

  it('4 refuses a calendar without working time', async () => {
    expect(await ask({ timeZone: 'UTC', hours: {} }, 'PT1H', '2026-11-02T09:00Z')).toEqual([
      400,
      '/calendar/hours',
    ]);
  });

  it('4 refuses one that was only ever open on exceptions of the past, to whoever would use it from now on', async () => {
    const exceptions = [{ date: '2020-01-02', hours: OFFICE }];
    const calendar = { timeZone: 'UTC', hours: {}, exceptions };
    expect(await ask(calendar, 'PT1H', '2026-11-02T09:00Z')).toEqual([400, '/calendar/hours']);
    expect(await ask(calendar, 'PT1H', '2020-01-02T12:00Z')).toEqual([iso('2020-01-02T13:00Z'), 1, null]);
    const admin = await product.as('admin');
    const names = { tr: 'Bir gün', en: 'One day' };
    const refused = await admin.put('/calendars/one-day', { names, ...calendar });
    expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([400, '/hours']);
  });

  it.each(['-PT1H', 'PT0.0001S', 'P1000Y', 'PT0S', 'soon'])('19 refuses %s as a target', async (target) => {
    expect(await ask(utc, target, '2026-11-02T09:00Z')).toEqual([400, '/target']);
  });
});
