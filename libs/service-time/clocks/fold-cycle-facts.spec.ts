import type { ComplaintEvent } from '#libs/event-contracts/index.js';
import { EventsInOrder, reception } from '#libs/testing/recorded-events.js';
import { policyOf } from '../testing/cycle-script.js';
import { at, officeHours } from '../testing/fixtures.js';
import {
  clocksOfCycle,
  compileCalendar,
  type CycleFacts,
  foldCycleFacts,
  HOUR,
  type ResolutionReading,
} from '../index.js';

const rules = {
  policy: policyOf(),
  calendar: compileCalendar(officeHours('UTC', [['09:00', '18:00']])),
  pathOfNode: () => ['plumbing'],
};
const november = (time: string): string => `2026-11-${time}:00.000Z`;

type Told = readonly (readonly [string, ComplaintEvent])[];

const pause: ComplaintEvent = { type: 'ClockPaused', data: { reason: 'sealed:reason' } };
const resume: ComplaintEvent = { type: 'ClockResumed', data: {} };
const withdraw: ComplaintEvent = { type: 'ComplaintWithdrawn', data: { reason: 'sealed:reason' } };
const resolve: ComplaintEvent = {
  type: 'ComplaintResolved',
  data: { outcome: 'fixed', explanation: 'sealed:explanation', onTheSpot: false },
};
const reject: ComplaintEvent = { type: 'ResolutionRejected', data: { reason: 'sealed:reason' } };

/** Received on Monday 2 November 2026 at ten; eight hours of 09-18. */
function folded(...told: Told): CycleFacts {
  const log = new EventsInOrder();
  const all: Told = [['02T10:00', reception({ receivedAt: november('02T10:00') })], ...told];
  return all.reduce<CycleFacts | undefined>(
    (facts, [time, event]) => foldCycleFacts(facts, log.complaint('c-1', event, november(time))),
    undefined,
  )!;
}

const resolutionOf = (facts: CycleFacts, now = '2026-11-05T10:00'): ResolutionReading =>
  clocksOfCycle(facts, rules, at(now)).resolution;
const account = ({ ledger }: ResolutionReading) =>
  ledger.map(({ state, by, counted }) => [state, by?.type, by?.revision, counted / HOUR]);

describe('The account of a clock folded from the log', () => {
  it('names for each part of its life the event that began it, closing hours within it the same', () => {
    const facts = folded(['02T12:00', pause], ['03T11:00', resume]);
    expect(account(resolutionOf(facts, '2026-11-04T10:00'))).toEqual([
      ['running', 'ComplaintReceived', 0, 2],
      ['paused', 'ClockPaused', 1, 0],
      ['running', 'ClockResumed', 2, 7],
      ['outside-hours', 'ClockResumed', 2, 0],
      ['running', 'ClockResumed', 2, 1],
    ]);
  });

  it('names of several pauses the one that each part belongs to', () => {
    const facts = folded(
      ['02T12:00', pause],
      ['02T13:00', resume],
      ['02T14:00', pause],
      ['02T16:00', resume],
    );
    expect(account(resolutionOf(facts, '2026-11-02T17:00'))).toEqual([
      ['running', 'ComplaintReceived', 0, 2],
      ['paused', 'ClockPaused', 1, 0],
      ['running', 'ClockResumed', 2, 1],
      ['paused', 'ClockPaused', 3, 0],
      ['running', 'ClockResumed', 4, 1],
    ]);
  });

  it('names the result that ended a pause, once it turned out not to have stopped the clock', () => {
    const facts = folded(['02T12:00', pause], ['02T14:00', resolve], ['02T15:00', reject]);
    expect(account(resolutionOf(facts, '2026-11-02T16:00'))).toEqual([
      ['running', 'ComplaintReceived', 0, 2],
      ['paused', 'ClockPaused', 1, 0],
      ['running', 'ComplaintResolved', 2, 2],
    ]);
  });
});

describe('A withdrawal', () => {
  const facts = folded(['02T12:00', pause], ['03T10:00', withdraw]);

  it('ends a pause: nobody waits for anything any more', () => {
    expect(facts.pauses).toMatchObject([
      { from: at('2026-11-02T12:00'), to: at('2026-11-03T10:00'), resumedBy: { type: 'ComplaintWithdrawn' } },
    ]);
  });

  it('and the clock, whose due moment can be told again', () => {
    expect(resolutionOf(facts)).toMatchObject({
      status: 'abandoned',
      stop: at('2026-11-03T10:00'),
      stoppedBy: { type: 'ComplaintWithdrawn', revision: 2 },
      elapsed: 2 * HOUR,
      due: at('2026-11-03T16:00'),
      dueUnknown: null,
      late: false,
      compliant: null,
    });
  });

  it('leaves a pause as it was that had ended before', () => {
    const resumed = folded(['02T12:00', pause], ['02T13:00', resume], ['03T10:00', withdraw]);
    expect(resumed.pauses).toMatchObject([
      { to: at('2026-11-02T13:00'), resumedBy: { type: 'ClockResumed' } },
    ]);
  });
});

describe('A result', () => {
  it('ends a pause, so the time until its rejection counts', () => {
    const paused = folded(['02T12:00', pause], ['02T14:00', resolve]);
    expect(resolutionOf(paused)).toMatchObject({ status: 'awaiting-approval', elapsed: 2 * HOUR });
    const rejected = folded(['02T12:00', pause], ['02T14:00', resolve], ['02T17:00', reject]);
    expect(resolutionOf(rejected, '2026-11-02T17:00')).toMatchObject({
      status: 'running',
      elapsed: 5 * HOUR,
    });
  });
});

describe('A complaint that moves', () => {
  const moved: ComplaintEvent = { type: 'ComplaintCategorised', data: { callTree: 'garden' } };
  const urgent: ComplaintEvent = {
    type: 'PriorityChanged',
    data: { priority: 'urgent', previousPriority: 'normal', reason: 'sealed:reason' },
  };

  it('keeps on record where it stood before, and each entry says node and priority', () => {
    const { placements } = folded(['02T11:00', moved], ['02T12:00', urgent]);
    expect(placements).toMatchObject([
      { at: at('2026-11-02T10:00'), callTree: 'defects-plumbing', priority: 'normal' },
      { at: at('2026-11-02T11:00'), callTree: 'garden', priority: 'normal' },
      { at: at('2026-11-02T12:00'), callTree: 'garden', priority: 'urgent' },
    ]);
  });
});

describe('A re-opened complaint', () => {
  const facts = folded(
    ['02T11:00', pause],
    ['02T12:00', resolve],
    ['02T13:00', { type: 'ResolutionConfirmed', data: {} }],
    ['02T14:00', { type: 'ComplaintClosed', data: {} }],
    ['09T10:00', { type: 'ComplaintReopened', data: { cycle: 2, reason: 'sealed:reason' } }],
  );

  it('begins at zero where it stands: nothing of its former cycle counts or ends it', () => {
    expect(facts).toMatchObject({ cycle: 2, started: { at: at('2026-11-09T10:00') } });
    expect(facts).toMatchObject({
      pauses: [],
      resolutions: [],
      placements: [{ callTree: 'defects-plumbing' }],
    });
    expect([facts.closed, facts.contactedAt]).toEqual([undefined, undefined]);
    expect(resolutionOf(facts, '2026-11-09T11:00')).toMatchObject({ status: 'running', elapsed: HOUR });
  });
});
