import fc from 'fast-check';
import {
  EMPTY_CONFIGURATION,
  evolveConfiguration,
  type ConfigurationModel,
} from '#libs/configuration-model/index.js';
import type { ComplaintEvent, ConfigurationEvent, RecordedEvent } from '#libs/event-contracts/index.js';
import type { Folded } from '#libs/projection-engine/projection.js';
import {
  calendarDefined,
  EventsInOrder,
  nodeDefined,
  policyPublished,
  reception,
} from '#libs/testing/recorded-events.js';
import { foldRegister } from './complaint-register/complaint-register.fold.js';
import type { RegisteredComplaint } from './complaint-register/complaint-register.document.js';
import type { SatisfactionFacts } from './satisfaction-facts/satisfaction-facts.document.js';
import { foldSatisfactionFacts } from './satisfaction-facts/satisfaction-facts.fold.js';
import type { SlaFacts } from './sla-facts/sla-facts.document.js';
import { foldSlaFacts, refoldSlaFacts } from './sla-facts/sla-facts.fold.js';

const at = (minute: number): string =>
  new Date(Date.parse('2026-03-02T09:00:00.000Z') + minute * 60_000).toISOString();
const said = 'sealed:text';

const told = fc.oneof(
  fc.constantFrom<ComplaintEvent>(
    { type: 'ComplaintCategorised', data: { callTree: 'defects' } },
    { type: 'ComplaintCategorised', data: { callTree: 'defects-plumbing', category: 'leak' } },
    { type: 'PriorityChanged', data: { priority: 'urgent', previousPriority: 'normal', reason: said } },
    { type: 'ComplaintRouted', data: { team: 'plumbing' } },
    { type: 'ActivityOpened', data: { team: 'plumbing', officer: 'mehmet' } },
    { type: 'ActionRecorded', data: { kind: 'visit', description: said } },
    { type: 'ClockPaused', data: { reason: said } },
    { type: 'ClockResumed', data: {} },
    { type: 'ComplaintResolved', data: { outcome: 'fixed', explanation: said, onTheSpot: false } },
    { type: 'ResolutionConfirmed', data: {} },
    { type: 'ResolutionRejected', data: { reason: said } },
    { type: 'ComplaintClosed', data: {} },
    { type: 'ComplaintWithdrawn', data: { reason: said } },
    { type: 'ComplaintReopened', data: { cycle: 2, reason: said } },
    { type: 'SurveyAttempted', data: { attempt: 2, outcome: 'no-answer', unreached: true } },
  ),
  fc.integer({ min: 1, max: 2 }).map((level): ComplaintEvent => ({
    type: 'ComplaintEscalated',
    data: {
      cycle: 1,
      level,
      at: '100%',
      reachedAt: at(9),
      dueAt: at(9),
      lateBySeconds: 0,
      notify: [],
      policyVersion: 1,
    },
  })),
);

const configured = fc.constantFrom<ConfigurationEvent>(
  calendarDefined({ hours: { monday: [['08:00', '12:00']] } }),
  calendarDefined(),
  policyPublished({ version: 2, approval: 'PT1H', resolution: [{ callTree: 'defects', target: 'PT2H' }] }),
  policyPublished({ version: 3, escalation: [{ level: 1, at: '50%', notify: ['team'] }] }),
  nodeDefined('defects-plumbing', 'other'),
  nodeDefined('defects-plumbing', 'defects'),
);

const histories = fc.array(fc.oneof({ weight: 4, arbitrary: told }, { weight: 1, arbitrary: configured }), {
  minLength: 1,
  maxLength: 25,
});

/** Writing to anything in it throws from now on. */
function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** One complaint after each of its events, whatever their order; the configuration changes between them unasked. */
class Folding {
  register: Folded<RegisteredComplaint> | null = null;
  facts: Folded<SlaFacts> | null = null;
  surveys: Folded<SatisfactionFacts> | null = null;
  configuration: ConfigurationModel = EMPTY_CONFIGURATION;
  private readonly order = new EventsInOrder();
  private minute = 0;

  constructor() {
    for (const event of [
      calendarDefined(),
      nodeDefined('defects'),
      nodeDefined('defects-plumbing', 'defects'),
      policyPublished(),
    ]) {
      this.configure(event);
    }
    this.tell(reception({ receivedAt: at(0) }));
  }

  configure(event: ConfigurationEvent): void {
    this.configuration = evolveConfiguration(this.configuration, this.order.configuration(event, at(-60)));
  }

  tell(event: ComplaintEvent): RecordedEvent {
    this.minute += 37;
    const recorded = this.order.complaint('c-1', event, at(this.minute));
    this.register = frozen(foldRegister(this.register, recorded));
    this.facts = frozen(foldSlaFacts(this.facts, recorded, this.configuration));
    this.surveys = frozen(foldSatisfactionFacts(this.surveys, recorded));
    return recorded;
  }
}

function isConfiguration(event: ComplaintEvent | ConfigurationEvent): event is ConfigurationEvent {
  return ['CalendarDefined', 'SlaPolicyPublished', 'CallTreeNodeDefined'].includes(event.type);
}

describe('folds that copy a document once and write to the copy', () => {
  it('write to nothing that they were given, and judge as who judges every clock anew (property)', () => {
    fc.assert(
      fc.property(histories, (events) => {
        const folding = new Folding();
        for (const event of events) {
          if (isConfiguration(event)) {
            folding.configure(event);
            continue;
          }
          const recorded = folding.tell(event);
          const { facts, configuration } = folding;
          expect(facts).toEqual(refoldSlaFacts(facts!, recorded, configuration));
        }
      }),
      { numRuns: 400 },
    );
  });
});
