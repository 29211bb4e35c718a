import { POLICY } from '../testing/cycle-script.js';
import { BusinessCalendar, compileCalendar } from '../calendar/business-calendar.js';
import { at, officeHours } from '../testing/fixtures.js';
import { CallTree } from './call-tree.js';
import { SlaPolicyDefinition } from './policy-definition.js';
import { validatePolicy } from './validate-policy.js';

const nodes: CallTree = new Map([
  ['building', {}],
  ['plumbing', { parent: 'building' }],
  ['leak', { parent: 'plumbing' }],
]);

/** The second was open for an hour once, years ago. */
const CALENDARS: Readonly<Record<string, BusinessCalendar | undefined>> = {
  office: compileCalendar(officeHours()),
  once: compileCalendar({
    ...officeHours(),
    hours: {},
    exceptions: [{ date: '2020-01-01', hours: [['09:00', '10:00']] }],
  }),
};

function problems(changes: Partial<SlaPolicyDefinition>, tree: CallTree = nodes): string[] {
  const known = {
    nodes: tree,
    teams: new Set(['plumbing']),
    calendar: (code: string) => CALENDARS[code],
    now: at('2026-11-02T09:00'),
  };
  return validatePolicy({ ...POLICY, ...changes }, known).map(
    ({ pointer, code, detail }) => `${pointer} ${code ?? ''}: ${detail}`,
  );
}

const level = (number: number, at: string, notify: readonly string[] = ['team']) => ({
  level: number,
  at,
  notify,
});

describe('a policy', () => {
  it('in order has no problems', () => {
    expect(problems({})).toEqual([]);
    expect(
      problems({ effectiveFrom: '2027-01-01T00:00:00+03:00', reopenWindow: 'PT0S', escalation: [] }),
    ).toEqual([]);
  });

  it.each<[string, Partial<SlaPolicyDefinition>, string]>([
    ['an unknown calendar', { calendar: 'night' }, '/calendar unknown: there is no calendar night'],
    [
      'a moment without an offset',
      { effectiveFrom: '2027-01-01T00:00:00' },
      '/effectiveFrom malformed: 2027-01-01T00:00:00 is not an ISO 8601 time with an offset',
    ],
    [
      'an unknown channel',
      { registration: { pigeon: 'PT1H' } },
      '/registration/pigeon unknown: pigeon is not a channel',
    ],
    ['a zero target', { registration: { phone: 'PT0S' } }, '/registration/phone absurd: PT0S is zero'],
    ['a negative target', { approval: '-PT1H' }, '/approval absurd: -PT1H is negative'],
    [
      'months',
      { survey: 'P1M' },
      '/survey absurd: P1M has years or months, whose length varies; write days (P30D)',
    ],
    [
      'a fraction',
      { resolution: [{ callTree: 'building', target: 'PT1.5H' }] },
      '/resolution/0/target absurd: PT1.5H has a fraction; write the smaller unit (PT90M, not PT1.5H)',
    ],
    [
      'an unknown node',
      { resolution: [{ callTree: 'roof', target: 'PT1H' }] },
      '/resolution/0/callTree unknown: there is no call-tree node roof',
    ],
    [
      'an unknown priority',
      { resolution: [{ callTree: 'building', priority: 'asap', target: 'PT1H' }] },
      '/resolution/0/priority unknown: asap is not a priority (low, normal, high, urgent)',
    ],
    [
      'two lines for one node and priority',
      {
        resolution: [
          { callTree: 'building', priority: 'high', target: 'PT1H' },
          { callTree: 'building', target: 'PT3H' },
          { callTree: 'building', priority: 'high', target: 'PT2H' },
        ],
      },
      '/resolution/2 overlap: /resolution/0 rules building at priority high already',
    ],
    [
      'a node that no line reaches',
      { resolution: [{ callTree: 'plumbing', target: 'PT1H' }] },
      '/resolution gap: no target applies to building',
    ],
    [
      'priorities that no line reaches',
      {
        resolution: [
          { callTree: 'building', priority: 'high', target: 'PT1H' },
          { callTree: 'building', priority: 'urgent', target: 'PT1H' },
        ],
      },
      '/resolution gap: no target applies to building at priority low, normal',
    ],
    [
      'targets that its calendar never uses up',
      {
        calendar: 'once',
        resolution: [{ callTree: 'building', target: 'PT1S' }],
        approval: undefined,
        survey: undefined,
      },
      '/resolution/0/target absurd: PT1S is not used up on the calendar once within 50 years',
    ],
    [
      'a team to tell that there is not',
      { escalation: [level(1, '80%', ['team:plumbing', 'team:roofs'])] },
      '/escalation/0/notify/1 unknown: there is no team roofs',
    ],
    ['attempts', { surveyAttempts: 0 }, '/surveyAttempts absurd: 0 is not a whole number from 1 to 20'],
    [
      'a fraction of attempts',
      { surveyAttempts: 1.5 },
      '/surveyAttempts absurd: 1.5 is not a whole number from 1 to 20',
    ],
    [
      'a window of eleven years',
      { reopenWindow: 'P4015D' },
      '/reopenWindow absurd: P4015D is longer than ten years',
    ],
    [
      'a level that is skipped',
      { escalation: [level(1, '80%'), level(3, '100%')] },
      '/escalation/1/level gap: level 3 stands where level 2 is expected',
    ],
    [
      'a level told twice',
      { escalation: [level(1, '80%'), level(1, '100%')] },
      '/escalation/1/level overlap: level 1 stands where level 2 is expected',
    ],
    [
      'a level that says nothing',
      { escalation: [level(1, 'soon')] },
      '/escalation/0/at malformed: soon is neither "80%" nor "PT2H after" nor "PT30M before"',
    ],
    [
      'a level before the clock begins',
      { escalation: [level(1, 'PT2H before')] },
      '/escalation/0/at absurd: lies at or before the start of the clock for plumbing, whose target is PT2H',
    ],
    [
      'levels out of order for one of the targets',
      { escalation: [level(1, '50%'), level(2, 'PT1H before')] },
      '/escalation/1/at overlap: is not later than the level before it for plumbing, whose target is PT2H',
    ],
    [
      'a level that tells nobody',
      { escalation: [level(1, '80%', [])] },
      '/escalation/0/notify malformed: names nobody to tell',
    ],
  ])('with %s is refused', (_, changes, problem) => {
    expect(problems(changes)).toEqual([problem]);
  });

  it('need not reach nodes that are out of use', () => {
    const tree = new Map([...nodes, ['roof', { active: false }]]);
    expect(problems({}, tree)).toEqual([]);
    expect(problems({}, new Map([...nodes, ['roof', {}]]))).toEqual([
      '/resolution gap: no target applies to roof',
    ]);
  });
});
