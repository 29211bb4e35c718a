import {
  EMPTY_CONFIGURATION,
  evolveConfiguration,
  type ConfigurationModel,
} from '#libs/configuration-model/index.js';
import type { Actor, ComplaintEvent, ConfigurationEvent } from '#libs/event-contracts/index.js';
import type { Folded } from '#libs/projection-engine/projection.js';
import {
  calendarDefined,
  EventsInOrder,
  nodeDefined,
  policyPublished,
  reception,
} from '#libs/testing/recorded-events.js';
import type { SlaFacts } from './sla-facts.document.js';
import { foldSlaFacts, refoldSlaFacts } from './sla-facts.fold.js';

const mehmet: Actor = { sub: 'mehmet', name: 'Mehmet', role: 'officer', team: 'plumbing' };
const CONFIGURED = '2026-01-01T00:00:00.000Z';

/** Folds told facts as the engine does: the configuration first, each complaint event by what held at its place. */
class Telling {
  private readonly order = new EventsInOrder();
  private configuration: ConfigurationModel = EMPTY_CONFIGURATION;
  private document: Folded<SlaFacts> | null = null;

  configured(event: ConfigurationEvent, at = CONFIGURED): this {
    const recorded = this.order.configuration(event, at);
    this.configuration = evolveConfiguration(this.configuration, recorded);
    if (this.document?.unfinished)
      this.document = refoldSlaFacts(this.document, recorded, this.configuration);
    return this;
  }

  /** Times are 2026-03-DDTHH:MM, a Monday being the 2nd. */
  told(at: string, event: ComplaintEvent, by?: Actor): this {
    const recorded = this.order.complaint('c-1', event, `2026-03-${at}:00.000Z`, { by });
    this.document = foldSlaFacts(this.document, recorded, this.configuration);
    return this;
  }

  get facts(): Folded<SlaFacts> {
    if (this.document === null) throw new Error('nothing was received');
    return this.document;
  }

  get now() {
    return this.facts.cycles.at(-1)!;
  }
}

const march = (at: string): string => `2026-03-${at}:00.000Z`;
const routed = (team = 'plumbing'): ComplaintEvent => ({ type: 'ComplaintRouted', data: { team } });
const opened: ComplaintEvent = { type: 'ActivityOpened', data: { team: 'plumbing', officer: 'mehmet' } };
const paused: ComplaintEvent = { type: 'ClockPaused', data: { reason: 'sealed:reason' } };
const resumed: ComplaintEvent = { type: 'ClockResumed', data: {} };
const resolved: ComplaintEvent = {
  type: 'ComplaintResolved',
  data: { outcome: 'fixed', explanation: 'sealed:explanation', onTheSpot: false },
};
const confirmed: ComplaintEvent = { type: 'ResolutionConfirmed', data: {} };
const rejected: ComplaintEvent = { type: 'ResolutionRejected', data: { reason: 'sealed:reason' } };
const closed: ComplaintEvent = { type: 'ComplaintClosed', data: {} };
const reopened: ComplaintEvent = { type: 'ComplaintReopened', data: { cycle: 2, reason: 'sealed:reason' } };

const escalated: ComplaintEvent = {
  type: 'ComplaintEscalated',
  data: {
    cycle: 1,
    level: 1,
    at: '75%',
    reachedAt: march('02T16:00'),
    dueAt: march('03T10:00'),
    notify: ['team'],
    policyVersion: 1,
    lateBySeconds: 60,
  },
};

/** Mon-Fri 09-17 UTC; plumbing within 8 h, registration by phone within 15 min. Received Monday 10:00. */
function received(about: Partial<Parameters<typeof reception>[0]> = {}): Telling {
  return configured().told('02T10:00', reception({ receivedAt: march('02T10:00'), ...about }));
}

function configured(): Telling {
  return new Telling()
    .configured(nodeDefined('defects'))
    .configured(nodeDefined('defects-plumbing', 'defects'))
    .configured(calendarDefined())
    .configured(policyPublished());
}

const HOUR = 3_600_000;

describe('The facts of service levels', () => {
  it('judge the registration at once: 15 minutes are in time, a second more is late', () => {
    const inTime = received({ contactedAt: march('02T09:45') });
    expect(inTime.now.registration).toMatchObject({ elapsed: HOUR / 4, compliant: true, final: true });
    const late = received({ contactedAt: '2026-03-02T09:44:59.000Z' });
    expect(late.now.registration).toMatchObject({ elapsed: HOUR / 4 + 1000, compliant: false });
  });

  it('tell when a complaint is due, in business time of the calendar', () => {
    // Monday 10:00 to 17:00 is 7 h, the eighth is Tuesday's first.
    expect(received().facts).toMatchObject({ due: march('03T10:00'), worklists: ['triage', 'follow-up'] });
    expect(received().now.resolution).toMatchObject({
      elapsed: null,
      compliant: null,
      policyVersion: 1,
      calendarVersion: 1,
    });
  });

  it('move the due moment by a pause, which counts in business time only', () => {
    const story = received().told('02T12:00', routed()).told('02T16:00', paused);
    expect(story.facts).toMatchObject({ paused: true, due: null, nextEscalation: null });
    // Two business hours were paused: Monday's last and Tuesday's first.
    expect(story.told('03T10:00', resumed).facts).toMatchObject({ paused: false, due: march('03T12:00') });
  });

  it('accept a result when it is confirmed, and measure to the moment at which it was entered', () => {
    const story = received()
      .told('02T12:00', routed())
      .told('02T12:30', opened)
      .told('03T10:00', resolved, mehmet);
    expect(story.now).toMatchObject({ resolvedAt: null });
    expect(story.facts.worklists).toEqual(['approval', 'follow-up']);
    expect(story.facts.due).toBe(march('03T14:00'));
    story.told('03T11:00', confirmed);
    expect(story.now).toMatchObject({
      resolvedAt: march('03T10:00'),
      acceptedAt: march('03T11:00'),
      resolvedBy: 'mehmet',
      team: 'plumbing',
    });
    expect(story.now.resolution).toMatchObject({ elapsed: 8 * HOUR, compliant: true, final: true });
    expect(story.now.approval).toMatchObject({ elapsed: HOUR, compliant: true });
    expect(story.facts.worklists).toEqual(['closing', 'follow-up']);
  });

  it('do not let a rejected result stop the clock', () => {
    const story = received()
      .told('02T12:00', routed())
      .told('02T13:00', opened)
      .told('02T14:00', resolved, mehmet)
      .told('02T15:00', rejected);
    expect(story.facts).toMatchObject({ status: 'open', due: march('03T10:00') });
    story.told('03T10:01', resolved, mehmet).told('03T10:30', confirmed);
    expect(story.now.resolution).toMatchObject({ elapsed: 8 * HOUR + 60_000, compliant: false });
    expect(story.now.stays.map(({ team, from, to, endedBy }) => [team, from, to, endedBy])).toEqual([
      [null, march('02T10:00'), march('02T12:00'), 'routed'],
      ['plumbing', march('02T12:00'), march('02T14:00'), 'resolved'],
      ['plumbing', march('02T15:00'), march('03T10:01'), 'resolved'],
    ]);
  });

  it('end a pause with the result', () => {
    const story = received()
      .told('02T12:00', routed())
      .told('02T13:00', paused)
      .told('04T12:00', resolved, mehmet)
      .told('04T13:00', confirmed);
    expect(story.now.resolution).toMatchObject({ elapsed: 3 * HOUR, compliant: true });
    expect(story.facts.paused).toBe(false);
  });

  it('begin a new cycle at zero, and leave the past one as it was', () => {
    const story = received().told('02T11:00', resolved).told('02T12:00', confirmed).told('02T13:00', closed);
    const past = story.now;
    story.told('03T09:00', reopened);
    expect(story.facts).toMatchObject({ status: 'received', cycle: 2, team: null, due: march('03T17:00') });
    expect(story.facts.cycles[0]).toMatchObject({ resolvedAt: past.resolvedAt, resolution: past.resolution });
    expect(story.facts.cycles[0]?.survey).toMatchObject({ compliant: null, final: true });
    expect(story.now.registration).toBeNull();
  });

  it('take the target of a new priority or node from the start of the cycle', () => {
    const story = configured()
      .configured(
        policyPublished({
          version: 2,
          resolution: [
            { callTree: 'defects', target: 'PT8H' },
            { callTree: 'defects', priority: 'urgent', target: 'PT2H' },
          ],
        }),
      )
      .told('02T10:00', reception({ receivedAt: march('02T10:00') }))
      .told('02T11:00', {
        type: 'PriorityChanged',
        data: { priority: 'urgent', previousPriority: 'normal', reason: 'sealed:reason' },
      });
    expect(story.facts.due).toBe(march('02T12:00'));
  });

  it('know the next level to escalate to, until somebody resolves it', () => {
    const story = received();
    expect(story.facts.nextEscalation).toEqual({ level: 1, at: march('02T16:00') });
    story.told('02T16:01', escalated);
    expect(story.facts).toMatchObject({
      escalationLevel: 1,
      nextEscalation: { level: 2, at: march('03T10:00') },
      worklists: ['triage', 'follow-up', 'escalated'],
    });
    // Entered late, from before the level was reached.
    story.told('02T15:00', { type: 'FollowUpRecorded', data: { note: 'sealed:note' } });
    expect(story.facts).toMatchObject({ lastEventAt: march('02T16:01'), escalationLevel: 1 });
    expect(story.told('02T16:30', resolved).facts.nextEscalation).toBeNull();
  });

  it('keep an escalated complaint among the escalated until its result is accepted', () => {
    const story = received().told('02T16:01', escalated).told('02T16:30', resolved);
    expect(story.facts.worklists).toEqual(['approval', 'follow-up', 'escalated']);
    expect(story.told('02T16:45', confirmed).facts.worklists).toEqual(['closing', 'follow-up']);
  });

  it('begin a re-opened complaint at level 0, where it stood', () => {
    const urgent = { priority: 'urgent', previousPriority: 'normal', reason: 'sealed:reason' } as const;
    const story = received()
      .told('02T11:00', { type: 'PriorityChanged', data: urgent })
      .told('02T16:01', escalated)
      .told('02T16:30', resolved)
      .told('02T16:40', confirmed)
      .told('02T16:50', closed)
      .told('03T09:00', reopened);
    expect(story.facts).toMatchObject({
      escalationLevel: 0,
      escalated: false,
      nextEscalation: { level: 1, at: march('03T15:00') },
      priority: 'urgent',
    });
    expect(story.now.facts.placements).toMatchObject([
      { callTree: 'defects-plumbing', priority: 'urgent', at: Date.parse(march('03T09:00')) },
    ]);
    expect(story.facts.escalations).toHaveLength(1);
  });

  it('forget a call-back that was made, and fall back on the survey’s target', () => {
    const story = received().told('02T11:00', resolved).told('02T12:00', confirmed).told('02T13:00', closed);
    const callBackAt = march('02T16:00');
    story.told('02T14:00', {
      type: 'SurveyAttempted',
      data: { outcome: 'call-back', attempt: 1, callBackAt, unreached: false },
    });
    story.told('02T16:00', {
      type: 'SurveyAttempted',
      data: { outcome: 'busy', attempt: 2, unreached: false },
    });
    expect(story.facts).toMatchObject({ callBackAt: null, due: march('03T13:00') });
  });

  it('wait for the survey until it is answered or given up, a call-back before the target', () => {
    const story = received().told('02T11:00', resolved).told('02T12:00', confirmed).told('02T13:00', closed);
    expect(story.facts).toMatchObject({ worklists: ['survey', 'follow-up'], due: march('03T13:00') });
    story.told('02T14:00', {
      type: 'SurveyAttempted',
      data: { outcome: 'call-back', attempt: 1, callBackAt: march('02T16:00'), unreached: false },
    });
    expect(story.facts.due).toBe(march('02T16:00'));
    story.told('02T16:00', {
      type: 'SurveyAttempted',
      data: { outcome: 'busy', attempt: 2, unreached: true },
    });
    expect(story.facts).toMatchObject({ worklists: [], unfinished: false, due: null });
    expect(story.now.survey).toMatchObject({ stop: march('02T16:00'), elapsed: 3 * HOUR });
  });

  it('leave no worklist for what was withdrawn', () => {
    const story = received().told('05T10:00', {
      type: 'ComplaintWithdrawn',
      data: { reason: 'sealed:reason' },
    });
    expect(story.facts).toMatchObject({ worklists: [], unfinished: false });
    expect(story.now.resolution).toMatchObject({ final: true });
  });

  describe('when the configuration changes', () => {
    const shorter = calendarDefined({
      exceptions: [{ date: '2026-03-03', hours: [], name: 'Administrative leave' }],
    });

    it('due moments of unfinished complaints move with the calendar', () => {
      const story = received().configured(shorter, march('02T18:00'));
      expect(story.facts.due).toBe(march('04T10:00'));
      expect(story.now.resolution?.calendarVersion).toBe(2);
    });

    it('verdicts already given stay', () => {
      const story = received().told('03T11:00', resolved).told('03T12:00', confirmed);
      const verdict = story.now.resolution;
      story.configured(shorter, march('04T18:00')).told('05T10:00', closed);
      expect(verdict).toMatchObject({ compliant: false, calendarVersion: 1 });
      expect(story.now.resolution).toEqual(verdict);
    });

    it('a later policy rules later cycles only', () => {
      const story = received();
      story.configured(
        policyPublished({ version: 2, resolution: [{ callTree: 'defects', target: 'PT1H' }] }),
        march('02T12:00'),
      );
      expect(story.facts.due).toBe(march('03T10:00'));
      story.told('02T13:00', resolved).told('02T14:00', confirmed).told('02T15:00', closed);
      // Three hours: too late by the later policy, and in time by the one in force when the cycle began.
      const { resolution, approval, survey } = story.now;
      expect(resolution).toMatchObject({ policyVersion: 1, target: 8 * HOUR, compliant: true });
      expect([approval?.policyVersion, survey?.policyVersion]).toEqual([1, 1]);
      story.told('03T09:00', reopened);
      expect(story.facts.due).toBe(march('03T10:00'));
      expect(story.now.resolution).toMatchObject({ policyVersion: 2, target: HOUR });
    });

    it('a pause goes on under a calendar and a policy that were published in the midst of it', () => {
      const story = received().told('02T12:00', routed()).told('02T13:00', paused);
      story
        .configured(policyPublished({ version: 2, approval: 'PT1H' }), march('02T14:00'))
        .configured(shorter, march('02T15:00'));
      expect(story.facts).toMatchObject({ paused: true, due: null, nextEscalation: null });
      // Three of eight hours were counted before it; the day of leave is none.
      expect(story.told('04T09:00', resumed).facts).toMatchObject({ paused: false, due: march('04T14:00') });
    });

    it('complaints from before the first policy are judged by it once it is there', () => {
      const story = new Telling()
        .configured(nodeDefined('defects-plumbing', 'defects'))
        .told('02T10:00', reception({ receivedAt: march('02T10:00') }));
      expect(story.facts.due).toBeNull();
      story.configured(calendarDefined(), march('02T11:00')).configured(policyPublished(), march('02T11:00'));
      expect(story.facts.due).toBe(march('03T10:00'));
      expect(story.now.registration).toMatchObject({ compliant: true });
    });
  });
});
