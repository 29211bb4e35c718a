import fc from 'fast-check';
import { cycle, fact, PATHS, policyOf } from '../testing/cycle-script.js';
import { at, officeHours } from '../testing/fixtures.js';
import {
  clocksOfCycle,
  compileCalendar,
  CycleClocks,
  CycleFacts,
  escalationsOfCycle,
  HOUR,
  Instant,
  MINUTE,
  presentCycle,
  verdictsOfCycle,
} from '../index.js';

const rules = {
  policy: policyOf(),
  calendar: compileCalendar(officeHours('UTC', [['09:00', '18:00']])),
  pathOfNode: (node: string) => PATHS[node] ?? [node],
};

function clocks(facts: CycleFacts, now = '2026-11-05T10:00'): CycleClocks {
  return clocksOfCycle(facts, rules, at(now));
}

const accepted = (resolved: string, confirmed: string) => [
  {
    ...fact('ComplaintResolved', resolved),
    verdict: 'accepted' as const,
    decided: fact('ResolutionConfirmed', confirmed),
  },
];

describe('the registration clock', () => {
  it.each([
    ['at the target', '2026-11-02T10:05', true],
    ['a second after', '2026-11-02T10:05:01', false],
  ])('runs in wall time from contact to receipt: received %s', (_, received, compliant) => {
    const { registration } = clocks(cycle({ receivedAt: fact('ComplaintReceived', received) }));
    expect(registration).toMatchObject({ kind: 'wall', target: 15 * MINUTE, compliant });
  });

  it('has no verdict for a channel without a target, and still a time', () => {
    const { registration } = clocks(cycle({ channel: 'fax' }));
    expect(registration).toMatchObject({
      target: null,
      elapsed: 10 * MINUTE,
      status: 'stopped',
      compliant: null,
    });
  });

  it('counts a receipt before the contact as 0', () => {
    const { registration } = clocks(cycle({ contactedAt: at('2026-11-02T12:00') }));
    expect(registration).toMatchObject({ elapsed: 0, compliant: true });
  });
});

describe('the resolution clock', () => {
  it('names the policy’s line that rules it', () => {
    const facts = cycle({
      placements: [
        { ...fact('ComplaintReceived', '2026-11-02T10:00'), callTree: 'leak', priority: 'urgent' },
      ],
    });
    expect(clocks(facts).resolution.ruled).toEqual({
      target: 2 * HOUR,
      callTree: 'plumbing',
      priority: 'urgent',
    });
  });

  it('takes the target of a new priority from the start of the cycle, and says when and by what', () => {
    const urgent = {
      ...fact('PriorityChanged', '2026-11-02T15:00'),
      callTree: 'plumbing',
      priority: 'urgent',
    };
    const facts = cycle({ placements: [...cycle().placements, urgent] });
    const { resolution } = clocks(facts, '2026-11-02T15:30');
    expect(resolution).toMatchObject({
      target: 2 * HOUR,
      due: at('2026-11-02T12:00'),
      status: 'running-late',
    });
    expect(resolution.targets).toMatchObject([
      { ruled: { target: 8 * HOUR }, due: at('2026-11-02T18:00'), passed: false },
      {
        at: urgent.at,
        by: urgent.by,
        ruled: { target: 2 * HOUR },
        due: at('2026-11-02T12:00'),
        passed: true,
      },
    ]);
  });

  it('follows a change up to the confirmation, and none after it', () => {
    const resolutions = accepted('2026-11-02T12:00', '2026-11-03T12:00');
    const moved = (time: string): CycleFacts =>
      cycle({
        resolutions,
        placements: [
          ...cycle().placements,
          { ...fact('ComplaintCategorised', time), callTree: 'garden', priority: 'normal' },
        ],
      });
    expect(clocks(moved('2026-11-03T12:00')).resolution.target).toBe(16 * HOUR);
    expect(clocks(moved('2026-11-03T12:01')).resolution.target).toBe(8 * HOUR);
  });

  it('of a withdrawn complaint ends without a verdict, but a breach before stays one', () => {
    const inTime = clocks(cycle({ withdrawn: fact('ComplaintWithdrawn', '2026-11-02T12:00') }));
    expect(inTime.resolution).toMatchObject({ status: 'abandoned', compliant: null, elapsed: 2 * HOUR });
    const late = clocks(cycle({ withdrawn: fact('ComplaintWithdrawn', '2026-11-04T12:00') }));
    expect(late.resolution).toMatchObject({ status: 'abandoned', compliant: false, late: true });
  });

  it('withdrawn while a result waits counts to the withdrawal, and nobody waits any more', () => {
    const facts = cycle({
      resolutions: [{ ...fact('ComplaintResolved', '2026-11-02T11:00'), verdict: 'pending' }],
      withdrawn: fact('ComplaintWithdrawn', '2026-11-02T12:00'),
    });
    const { resolution, approval } = clocks(facts);
    expect(resolution).toMatchObject({ status: 'abandoned', elapsed: 2 * HOUR });
    expect(approval).toBeNull();
  });
});

describe('the approval and survey clocks', () => {
  const closed = cycle({
    resolutions: accepted('2026-11-02T12:00', '2026-11-03T10:00'),
    closed: fact('ComplaintClosed', '2026-11-03T11:00'),
  });

  it('run in business time from result to confirmation and from closing to survey', () => {
    const { approval, survey } = clocks({
      ...closed,
      surveyed: fact('SatisfactionSurveyed', '2026-11-04T11:00'),
    });
    expect(approval).toMatchObject({ kind: 'business', target: 8 * HOUR, elapsed: 7 * HOUR, status: 'met' });
    expect(survey).toMatchObject({ target: 16 * HOUR, elapsed: 9 * HOUR, status: 'met' });
  });

  it('the survey runs until somebody was reached or given up', () => {
    expect(clocks(closed, '2026-11-04T11:00').survey).toMatchObject({ status: 'running', elapsed: 9 * HOUR });
    expect(clocks(closed, '2026-11-06T11:00').survey).toMatchObject({ status: 'running-late' });
  });

  it('are not paused with the complaint', () => {
    const paused = { ...closed, pauses: [{ from: at('2026-11-02T12:30'), to: at('2026-11-03T09:30') }] };
    expect(clocks(paused).approval?.elapsed).toBe(7 * HOUR);
  });

  it('do not exist before they begin', () => {
    expect(clocks(cycle())).toMatchObject({ approval: null, survey: null });
  });
});

describe('the same judgement for lists and for the one complaint', () => {
  const moment = fc.integer({ min: 0, max: 10 * 24 * 60 }).map((minutes) => {
    const time = new Date(at('2026-11-02T10:00') + minutes * MINUTE).toISOString();
    return time;
  });
  const history: fc.Arbitrary<CycleFacts> = fc
    .record({
      verdict: fc.constantFrom('pending' as const, 'accepted' as const, 'rejected' as const),
      times: fc.array(moment, { minLength: 6, maxLength: 6 }),
      reach: fc.integer({ min: 0, max: 6 }),
      withdrawn: fc.boolean(),
    })
    .map(({ verdict, times, reach, withdrawn }) => {
      const [a = '', b = '', c = '', d = '', e = '', f = ''] = times.sort();
      return cycle({
        pauses: reach > 0 ? [{ from: at(a), to: reach > 1 ? at(b) : undefined }] : [],
        resolutions:
          reach > 2
            ? [
                {
                  ...fact('ComplaintResolved', c),
                  verdict,
                  decided: verdict === 'pending' ? undefined : fact('x', d),
                },
              ]
            : [],
        closed: reach > 4 ? fact('ComplaintClosed', e) : undefined,
        surveyed: reach > 5 ? fact('SatisfactionSurveyed', f) : undefined,
        withdrawn: withdrawn ? fact('ComplaintWithdrawn', f) : undefined,
      });
    });

  it('verdicts, accounts and escalations agree on any history', () => {
    fc.assert(
      fc.property(history, moment, (facts, nowText) => {
        const now: Instant = at(nowText);
        const full = clocksOfCycle(facts, rules, now);
        const short = verdictsOfCycle(facts, rules, now);
        for (const name of ['registration', 'resolution', 'approval', 'survey'] as const) {
          if (full[name] === null) expect(short[name]).toBeNull();
          else expect(full[name]).toMatchObject({ ...short[name] });
        }
        expect(escalationsOfCycle(facts, rules, now)).toEqual(full.resolution.escalations);
      }),
    );
  });
});

describe('the clocks of a cycle as the API shows them', () => {
  it('are plain JSON with times, durations and seconds', () => {
    const shown = presentCycle(
      clocks(cycle({ pauses: [{ from: at('2026-11-02T12:00') }] }), '2026-11-02T13:00'),
    );
    expect(JSON.parse(JSON.stringify(shown))).toEqual(shown);
    expect(shown).toMatchObject({
      cycle: 1,
      registration: { target: 'PT15M', elapsed: 600, compliant: true },
      resolution: {
        target: 'PT8H',
        status: 'paused',
        due: null,
        elapsed: 7200,
        remaining: 21600,
        ruledBy: { callTree: 'plumbing', priority: null },
        ledger: [
          { state: 'running', counted: 7200, by: { type: 'ComplaintReceived' } },
          { state: 'paused', counted: 0, by: null },
        ],
      },
      approval: null,
      survey: null,
    });
  });
});
