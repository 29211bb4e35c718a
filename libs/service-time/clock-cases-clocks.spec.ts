import { cycle, fact, PATHS, policyOf } from './testing/cycle-script.js';
import { at, officeHours } from './testing/fixtures.js';
import {
  BusinessCalendar,
  clocksOfCycle,
  CompiledPolicy,
  compileCalendar,
  computeClock,
  CycleClocks,
  CycleFacts,
  ClockReading,
  HOUR,
  MINUTE,
  parseDuration,
  Pause,
  policyInForce,
  SECOND,
  toIso,
} from './index.js';

const office = compileCalendar(officeHours('UTC', [['09:00', '18:00']]));

function pause(from: string, to?: string): Pause {
  return { from: at(from), to: to === undefined ? undefined : at(to) };
}

interface Told {
  readonly start?: string;
  readonly stop?: string;
  readonly now?: string;
  readonly target?: number;
  readonly pauses?: readonly Pause[];
}

function clock({ start, stop, now, target, pauses }: Told): ClockReading {
  return computeClock({
    kind: 'business',
    calendar: office,
    start: at(start ?? '2026-11-02T10:00'),
    stop: stop === undefined ? undefined : at(stop),
    now: at(now ?? stop ?? '2026-11-20T12:00'),
    target: target ?? 8 * HOUR,
    pauses,
  });
}

function clocks(
  facts: CycleFacts,
  now: string,
  policy: CompiledPolicy = policyOf(),
  calendar: BusinessCalendar = office,
): CycleClocks {
  return clocksOfCycle(facts, { policy, calendar, pathOfNode: (node) => PATHS[node] ?? [] }, at(now));
}

const iso = (moment: number | null): string | null =>
  moment === null ? null : toIso(at(new Date(moment).toISOString())).replace(':00.000Z', '');

describe('case 11: pause and resume', () => {
  it.each([
    ['none', [], '2026-11-02T18:00'],
    ['of half an hour', [pause('2026-11-02T11:00', '2026-11-02T11:30')], '2026-11-03T09:30'],
    ['over midnight', [pause('2026-11-02T17:00', '2026-11-03T10:00')], '2026-11-03T11:00'],
    ['over days', [pause('2026-11-02T17:00', '2026-11-05T09:00')], '2026-11-05T10:00'],
    [
      'several in a day',
      [
        pause('2026-11-02T11:00', '2026-11-02T12:00'),
        pause('2026-11-02T13:00', '2026-11-02T14:00'),
        pause('2026-11-02T15:00', '2026-11-02T15:30'),
      ],
      '2026-11-03T11:30',
    ],
    ['outside hours', [pause('2026-11-02T20:00', '2026-11-03T08:00')], '2026-11-02T18:00'],
    ['before it began', [pause('2026-11-01T11:00', '2026-11-02T09:30')], '2026-11-02T18:00'],
    ['of no length', [pause('2026-11-02T12:00', '2026-11-02T12:00')], '2026-11-02T18:00'],
    [
      'out of order, one within another',
      [
        pause('2026-11-02T15:00', '2026-11-02T16:00'),
        pause('2026-11-02T11:00', '2026-11-02T14:00'),
        pause('2026-11-02T12:00', '2026-11-02T13:00'),
      ],
      '2026-11-03T13:00',
    ],
    ['of minutes and seconds', [pause('2026-11-02T11:10:20', '2026-11-02T11:40:20')], '2026-11-03T09:30'],
  ])('%s: due %s', (_, pauses, due) => {
    expect(iso(clock({ pauses }).due)).toBe(due);
  });

  it('overlapping ones are told one after the other, none before the start', () => {
    const { ledger } = clock({
      now: '2026-11-02T14:00',
      pauses: [
        pause('2026-11-02T12:00', '2026-11-02T13:00'),
        pause('2026-11-02T09:00', '2026-11-02T11:00'),
        pause('2026-11-02T12:30', '2026-11-02T13:30'),
      ],
    });
    expect(ledger.map(({ state, from, to }) => [state, iso(from)?.slice(11), iso(to)?.slice(11)])).toEqual([
      ['paused', '10:00', '11:00'],
      ['running', '11:00', '12:00'],
      ['paused', '12:00', '13:00'],
      ['paused', '13:00', '13:30'],
      ['running', '13:30', '14:00'],
    ]);
  });

  it('it is paused from the very moment, and runs from the very moment of the resumption', () => {
    const pauses = [pause('2026-11-02T12:00', '2026-11-02T13:00')];
    const statusAt = (now: string) => clock({ now, pauses }).status;
    expect(
      ['11:59:59.999', '12:00', '12:59:59.999', '13:00'].map((time) => statusAt(`2026-11-02T${time}`)),
    ).toEqual(['running', 'paused', 'paused', 'running']);
  });

  it('a weekend in a pause adds nothing to a business-time target', () => {
    const overWeekend = clock({
      start: '2026-11-06T10:00',
      pauses: [pause('2026-11-06T17:00', '2026-11-09T10:00')],
    });
    expect(iso(overWeekend.due)).toBe('2026-11-09T11:00');
  });

  it('and the same pause moves a clock in wall time by all of it', () => {
    const wall = computeClock({
      kind: 'wall',
      start: at('2026-11-06T10:00'),
      now: at('2026-11-09T12:00'),
      target: 8 * HOUR,
      pauses: [pause('2026-11-06T17:00', '2026-11-09T10:00')],
    });
    expect(iso(wall.due)).toBe('2026-11-09T11:00');
    expect(wall.elapsed).toBe(9 * HOUR);
  });

  it('a paused clock has no due moment but tells what is left', () => {
    const paused = clock({ pauses: [pause('2026-11-02T12:00')] });
    expect(paused).toMatchObject({ due: null, dueUnknown: 'paused', status: 'paused', late: false });
    expect(paused.elapsed).toBe(2 * HOUR);
    expect(paused.remaining).toBe(6 * HOUR);
  });

  it('unless the target was used up before the pause', () => {
    const late = clock({ pauses: [pause('2026-11-03T12:00')] });
    expect(late).toMatchObject({ due: at('2026-11-02T18:00'), status: 'paused-late', compliant: false });
  });
});

describe('case 12: created already paused, resolved while paused', () => {
  it('a clock paused from its start counts nothing', () => {
    const reading = clock({ pauses: [pause('2026-11-02T10:00')] });
    expect(reading).toMatchObject({ elapsed: 0, due: null, status: 'paused' });
    expect(reading.ledger.map(({ state }) => state)).toEqual(['paused']);
    expect(clock({ pauses: [pause('2026-11-01T10:00', '2026-11-02T11:00')] }).elapsed).toBe(
      clock({}).elapsed - HOUR,
    );
  });

  it('a clock stopped within a pause counted up to the pause', () => {
    const reading = clock({ pauses: [pause('2026-11-02T12:00')], stop: '2026-11-10T12:00' });
    expect(reading).toMatchObject({ elapsed: 2 * HOUR, status: 'met', compliant: true });
  });
});

describe('case 13: resolved, rejected, resolved again; closed and re-opened', () => {
  const first = fact('ComplaintResolved', '2026-11-02T12:00');
  const rejected = fact('ResolutionRejected', '2026-11-03T10:00');
  const second = fact('ComplaintResolved', '2026-11-03T12:00');

  it('a result to be checked stops the clock provisionally', () => {
    const { resolution, approval } = clocks(
      cycle({ resolutions: [{ ...first, verdict: 'pending' }] }),
      '2026-11-05T10:00',
    );
    expect(resolution).toMatchObject({
      status: 'awaiting-approval',
      elapsed: 2 * HOUR,
      compliant: null,
      late: false,
    });
    expect(approval).toMatchObject({ status: 'running-late', start: first.at });
  });

  it('a rejected result never stopped it', () => {
    const { resolution, approval } = clocks(
      cycle({ resolutions: [{ ...first, verdict: 'rejected', decided: rejected }] }),
      '2026-11-03T11:00',
    );
    expect(resolution).toMatchObject({ status: 'running-late', elapsed: 10 * HOUR });
    expect(resolution.ledger.filter((span) => span.state === 'running')).toHaveLength(2);
    expect(approval).toBeNull();
  });

  it('the accepted one did, when it was entered, not when it was confirmed', () => {
    const { resolution, approval } = clocks(
      cycle({
        resolutions: [
          { ...first, verdict: 'rejected', decided: rejected },
          { ...second, verdict: 'accepted', decided: fact('ResolutionConfirmed', '2026-11-04T10:00') },
        ],
      }),
      '2026-11-20T10:00',
    );
    expect(resolution).toMatchObject({ status: 'breached', elapsed: 11 * HOUR, stop: second.at });
    expect(approval).toMatchObject({ status: 'met', elapsed: 7 * HOUR });
  });

  it('a new cycle starts at zero and has no registration', () => {
    const reopened = fact('ComplaintReopened', '2026-11-10T10:00');
    const { registration, resolution } = clocks(
      cycle({
        cycle: 2,
        contactedAt: undefined,
        receivedAt: undefined,
        started: reopened,
        placements: [{ ...reopened, callTree: 'plumbing', priority: 'normal' }],
      }),
      '2026-11-10T11:00',
    );
    expect(registration).toBeNull();
    expect(resolution).toMatchObject({ elapsed: HOUR, status: 'running', startedBy: reopened.by });
  });

  it('the former cycle keeps its verdict, and its survey is left to the next', () => {
    const { resolution, survey } = clocks(
      cycle({
        resolutions: [
          { ...first, verdict: 'accepted', decided: fact('ResolutionConfirmed', '2026-11-02T13:00') },
        ],
        closed: fact('ComplaintClosed', '2026-11-02T14:00'),
        reopened: fact('ComplaintReopened', '2026-11-10T10:00'),
      }),
      '2027-01-01T10:00',
    );
    expect(resolution).toMatchObject({ status: 'met', elapsed: 2 * HOUR });
    expect(survey).toMatchObject({ status: 'abandoned', elapsed: 4 * HOUR + 5 * 9 * HOUR + HOUR });
  });
});

describe('case 14: a target removed, or a policy superseded, after a breach', () => {
  it('the breach stays on record beside the target that rules now', () => {
    const moved = fact('ComplaintCategorised', '2026-11-04T10:00');
    const facts = cycle();
    const { resolution } = clocks(
      { ...facts, placements: [...facts.placements, { ...moved, callTree: 'other', priority: 'normal' }] },
      '2026-11-05T10:00',
    );
    expect(resolution).toMatchObject({ target: null, due: null, status: 'running' });
    expect(resolution.targets).toMatchObject([
      { callTree: 'plumbing', due: at('2026-11-02T18:00'), passed: true },
      { callTree: 'other', ruled: null, due: null, passed: false, by: moved.by },
    ]);
  });

  it('a target that was still to be reached when the complaint moved on was none that it missed', () => {
    const facts = cycle();
    const moved = (time: string) => ({
      ...fact('ComplaintCategorised', time),
      callTree: 'garden',
      priority: 'normal',
    });
    const passedOf = (time: string) => {
      const placements = [...facts.placements, moved(time)];
      return clocks({ ...facts, placements }, '2026-11-05T10:00').resolution.targets.map(
        ({ passed }) => passed,
      );
    };
    expect(passedOf('2026-11-02T18:00')).toEqual([false, true]);
    expect(passedOf('2026-11-02T18:00:00.001')).toEqual([true, true]);
  });

  it('a policy published later rules later cycles only, also if it claims to be effective before', () => {
    const first = { version: 1, publishedAt: at('2026-01-01T00:00') };
    const backdated = {
      version: 2,
      publishedAt: at('2026-11-03T00:00'),
      effectiveFrom: at('2026-10-01T00:00'),
    };
    expect(policyInForce([first, backdated], at('2026-11-02T10:00'))).toBe(first);
    expect(policyInForce([first, backdated], at('2026-11-03T00:00'))).toBe(backdated);
  });
});

describe('case 15: a policy changed during a pause keeps the pause', () => {
  it('the pause is in the facts, whichever policy judges them', () => {
    const facts = cycle({ pauses: [pause('2026-11-02T12:00', '2026-11-03T12:00')] });
    const now = '2026-11-03T13:00';
    const [before, after] = [
      policyOf(),
      policyOf({ resolution: [{ callTree: 'building', target: 'PT4H' }] }),
    ].map((policy) => clocks(facts, now, policy).resolution);
    expect(before).toMatchObject({ elapsed: 3 * HOUR, due: at('2026-11-03T18:00') });
    expect(after).toMatchObject({ elapsed: 3 * HOUR, due: at('2026-11-03T14:00') });
  });
});

describe('case 16: a calendar changed with effect in the past', () => {
  it('both verdicts can be had, each from its own calendar', () => {
    const facts = cycle({
      started: fact('ComplaintReceived', '2026-11-03T17:00'),
      resolutions: [{ ...fact('ComplaintResolved', '2026-11-05T10:00'), verdict: 'accepted' }],
    });
    const withLeave = compileCalendar({
      ...officeHours('UTC', [['09:00', '18:00']]),
      exceptions: [{ date: '2026-11-04', hours: [] }],
    });
    expect(clocks(facts, '2026-11-20T10:00').resolution.status).toBe('breached');
    expect(clocks(facts, '2026-11-20T10:00', policyOf(), withLeave).resolution.status).toBe('met');
  });
});

describe('case 17: escalation levels', () => {
  const moments = (facts: CycleFacts, now = '2026-11-20T10:00'): string[] =>
    clocks(facts, now).resolution.escalations.map(({ level, at: moment }) => `${level} ${iso(moment) ?? ''}`);

  it('come before and after due, in the clock’s own time', () => {
    expect(moments(cycle())).toEqual(['1 2026-11-02T16:24', '2 2026-11-02T18:00', '3 2026-11-03T11:00']);
  });

  it('wait while the clock is paused, and come later by the pause', () => {
    expect(moments(cycle({ pauses: [pause('2026-11-02T17:00')] }))).toEqual(['1 2026-11-02T16:24']);
    expect(moments(cycle({ pauses: [pause('2026-11-02T17:00', '2026-11-03T17:00')] }))).toEqual([
      '1 2026-11-02T16:24',
      '2 2026-11-03T18:00',
      '3 2026-11-04T11:00',
    ]);
  });

  it('never come for a result in time, and all come, late, after a downtime', () => {
    const resolved = (time: string): CycleFacts =>
      cycle({ resolutions: [{ ...fact('ComplaintResolved', time), verdict: 'accepted' }] });
    expect(moments(resolved('2026-11-02T18:00'))).toEqual(['1 2026-11-02T16:24']);
    expect(moments(resolved('2026-11-02T18:00:00.001'))).toEqual([
      '1 2026-11-02T16:24',
      '2 2026-11-02T18:00',
    ]);
    expect(moments(cycle(), '2030-01-01T00:00')).toHaveLength(3);
  });

  it('follow the target that rules now', () => {
    const urgent = fact('PriorityChanged', '2026-11-02T11:00');
    const facts = cycle();
    const placements = [...facts.placements, { ...urgent, callTree: 'leak', priority: 'urgent' }];
    expect(moments({ ...facts, placements })[1]).toBe('2 2026-11-02T12:00');
  });
});

describe('case 18: a target used up exactly at closing, and one second later', () => {
  it('is due at 18:00, and a second after the next opening', () => {
    expect(iso(clock({ target: 8 * HOUR }).due)).toBe('2026-11-02T18:00');
    expect(clock({ target: 8 * HOUR + SECOND }).due).toBe(at('2026-11-03T09:00:01'));
  });

  it('done at due is compliant, a millisecond later is not, although no business time passed', () => {
    expect(clock({ stop: '2026-11-02T18:00' })).toMatchObject({ compliant: true, status: 'met' });
    expect(clock({ stop: '2026-11-02T18:00:00.001' })).toMatchObject({
      compliant: false,
      status: 'breached',
      elapsed: 8 * HOUR,
    });
  });

  it('an open clock is late strictly after due', () => {
    expect(clock({ now: '2026-11-02T18:00' }).status).toBe('running');
    expect(clock({ now: '2026-11-02T18:00:00.001' }).status).toBe('running-late');
  });
});

describe('case 19: nonsense', () => {
  it('an end before its start counts 0', () => {
    expect(clock({ stop: '2026-11-02T09:30' })).toMatchObject({ elapsed: 0, compliant: true, ledger: [] });
  });

  it.each([
    '-PT4H',
    'PT-4H',
    'PT1.5H',
    'PT0.5S',
    'P1M',
    'P1Y',
    'PT0S',
    'P3653D',
    '4h',
    'P',
    'PT',
    'P1DT',
    '',
  ])('the target %s is refused', (text) => {
    expect(parseDuration(text).ok).toBe(false);
  });

  it.each([
    ['PT4H', 4 * HOUR],
    ['PT90M', 90 * MINUTE],
    ['P2D', 48 * HOUR],
    ['P1W', 168 * HOUR],
    ['P1DT2H3M4S', 26 * HOUR + 3 * MINUTE + 4 * SECOND],
    ['P3652D', 3652 * 24 * HOUR],
  ])('the target %s is taken', (text, milliseconds) => {
    expect(parseDuration(text)).toEqual({ ok: true, milliseconds });
  });
});

describe('case 20: spans of years', () => {
  it('are exact, and their account stays readable', () => {
    const reading = clock({ start: '2000-01-03T09:00', stop: '2026-01-05T09:00', target: HOUR });
    const weekdays = reading.elapsed / (9 * HOUR);
    expect(weekdays).toBe(1357 * 5);
    expect(reading.ledger.length).toBeLessThanOrEqual(5000);
    expect(reading.ledger.reduce((sum, span) => sum + span.counted, 0)).toBe(reading.elapsed);
  });
});
