import { COMPLAINT_EVENT_TYPES, type Actor, type ComplaintEvent } from '#libs/event-contracts/index.js';
import type { Folded } from '#libs/projection-engine/projection.js';
import { EventsInOrder, reception } from '#libs/testing/recorded-events.js';
import { stateAfter, told } from '#libs/testing/complaint-stories.js';
import type { RegisteredComplaint } from './complaint-register.document.js';
import { foldRegister } from './complaint-register.fold.js';

const mehmet: Actor = { sub: 'mehmet', name: 'Mehmet', role: 'officer', team: 'plumbing' };
const day = (number: number): string => `2026-03-0${number}T10:00:00.000Z`;

function fold(...events: readonly ComplaintEvent[]): Folded<RegisteredComplaint> {
  const order = new EventsInOrder();
  const register = events.reduce<Folded<RegisteredComplaint> | null>(
    (before, event, index) =>
      foldRegister(before, order.complaint('c-1', event, day(index + 1), { by: mehmet })),
    null,
  );
  if (register === null) throw new Error('nothing was received');
  return register;
}

const received = reception({ receivedAt: day(1), externalId: 'case-7' });
const routedTo = (team: string): ComplaintEvent => ({ type: 'ComplaintRouted', data: { team } });
const resolved: ComplaintEvent = {
  type: 'ComplaintResolved',
  data: { outcome: 'fixed', explanation: 'sealed:explanation', onTheSpot: false, category: 'seal' },
};

describe('The register of complaints', () => {
  it('holds a complaint as it was received, personal texts as sealed as they came', () => {
    expect(fold(received)).toMatchObject({
      reference: 'SK-2026-000001',
      externalId: 'case-7',
      status: 'received',
      customer: { ref: 'M-1', name: 'sealed:name' },
      property: { project: 'Bahçekent', unit: 'sealed:unit' },
      subject: 'sealed:subject',
      priorityRank: 1,
      searchTerms: ['sk-2026-000001', 'case-7', 'm-1', 'bahcekent'],
      lastEventAt: day(1),
    });
  });

  it('remembers every team that had it', () => {
    const register = fold(received, routedTo('plumbing'), routedTo('electric'), routedTo('plumbing'));
    expect(register).toMatchObject({ team: 'plumbing', teams: ['plumbing', 'electric'], status: 'routed' });
  });

  it('holds the result that stands, none once it is rejected', () => {
    const rejected: ComplaintEvent = { type: 'ResolutionRejected', data: { reason: 'sealed:reason' } };
    const standing = fold(received, routedTo('plumbing'), resolved);
    expect(standing.result).toEqual({
      outcome: 'fixed',
      explanation: 'sealed:explanation',
      onTheSpot: false,
      at: day(3),
      by: 'mehmet',
    });
    expect(standing.category).toBe('seal');
    expect(fold(received, routedTo('plumbing'), resolved, rejected)).toMatchObject({
      status: 'open',
      result: undefined,
    });
  });

  it('begins a new cycle without team, result and escalation', () => {
    const again: ComplaintEvent = { type: 'ComplaintReopened', data: { cycle: 2, reason: 'sealed:reason' } };
    expect(fold(received, routedTo('plumbing'), resolved, again)).toMatchObject({
      status: 'received',
      cycle: 2,
      team: undefined,
      teams: ['plumbing'],
      result: undefined,
      escalationLevel: 0,
    });
  });

  it('has no document for facts without a reception, and passes over types it does not know', () => {
    const order = new EventsInOrder();
    expect(foldRegister(null, order.complaint('c-1', routedTo('plumbing'), day(1)))).toBeNull();
    const before = fold(received);
    const unknown = { ...order.complaint('c-1', routedTo('plumbing'), day(2)), type: 'SomethingNew' };
    expect(foldRegister(before, unknown)).toBe(before);
    expect(COMPLAINT_EVENT_TYPES).not.toContain('SomethingNew');
  });

  it.each(Object.entries(told))(
    'agrees with the command side on a complaint that is %s',
    (_status, story) => {
      const state = stateAfter(...story);
      if (!state.exists) throw new Error('no such complaint');
      const { status, team, cycle, paused, escalationLevel, priority, callTree, category, surveyEnded } =
        state;
      const register = fold(...story.map(({ type, data }) => ({ type, data }) as ComplaintEvent));
      expect(register).toMatchObject({
        status,
        cycle,
        paused,
        escalationLevel,
        priority,
        callTree,
        surveyEnded,
      });
      expect([register.team, register.category]).toEqual([team, category]);
    },
  );
});
