import {
  EMPTY_CONFIGURATION,
  evolveConfiguration,
  type ConfigurationModel,
} from '#libs/configuration-model/index.js';
import type { ComplaintEvent, ConfigurationEvent } from '#libs/event-contracts/index.js';
import type { Folded } from '#libs/projection-engine/projection.js';
import { instantOf } from '#libs/service-time/index.js';
import {
  calendarDefined,
  EventsInOrder,
  nodeDefined,
  policyPublished,
  reception,
} from '#libs/testing/recorded-events.js';
import { foldSlaFacts, type SlaFacts } from '#projections/sla-facts/index.js';
import { readClocks } from './read-clocks.js';

const march = (at: string): string => `2026-03-${at}:00.000Z`;
const order = new EventsInOrder();
let model: ConfigurationModel;

function configure(event: ConfigurationEvent, at = '2026-01-01T00:00:00.000Z'): void {
  model = evolveConfiguration(model, order.configuration(event, at));
}

function resolutionOf(facts: Folded<SlaFacts> | null) {
  const clocks = readClocks(facts!.cycles[0]!, model, instantOf(march('20T12:00')));
  return clocks.find(({ clock }) => clock === 'resolution');
}

/** Monday to Friday 09 to 17; defects within 8 h, lifts within 2 h. Received Monday 10:00. */
function resolvedAt(at: string): Folded<SlaFacts> | null {
  const told: (readonly [string, ComplaintEvent])[] = [
    ['02T10:00', reception({ receivedAt: march('02T10:00') })],
    [
      at,
      {
        type: 'ComplaintResolved',
        data: { outcome: 'fixed', explanation: 'sealed:explanation', onTheSpot: false },
      },
    ],
    ['05T10:00', { type: 'ResolutionConfirmed', data: {} }],
  ];
  return told.reduce<Folded<SlaFacts> | null>(
    (facts, [when, event]) => foldSlaFacts(facts, order.complaint('c-1', event, march(when)), model),
    null,
  );
}

beforeEach(() => {
  model = EMPTY_CONFIGURATION;
  configure(nodeDefined('defects'));
  configure(nodeDefined('lifts'));
  configure(nodeDefined('defects-plumbing', 'defects'));
  configure(calendarDefined());
  const resolution = [
    { callTree: 'defects', target: 'PT8H' },
    { callTree: 'lifts', target: 'PT2H' },
  ];
  configure(policyPublished({ resolution }));
});

describe('The clocks of a cycle that was judged', () => {
  const moved = (): void => {
    configure(nodeDefined('defects-plumbing', 'lifts'), march('10T10:00'));
  };

  it('keep the verdict when the call tree would give another target today', () => {
    const inTime = resolvedAt('03T10:00');
    const before = resolutionOf(inTime);
    expect(before).toMatchObject({ target: 'PT8H', due: march('03T10:00'), status: 'met', compliant: true });
    moved();
    const { targets: _then, escalations: _levels, ...verdict } = before!;
    expect(resolutionOf(inTime)).toMatchObject(verdict);
  });

  it('and that of one who was late', () => {
    const late = resolvedAt('03T10:01');
    moved();
    expect(resolutionOf(late)).toMatchObject({ target: 'PT8H', status: 'breached', compliant: false });
  });

  it('keep it when the calendar changes with effect in the past', () => {
    const late = resolvedAt('03T10:01');
    const before = resolutionOf(late);
    configure(calendarDefined({ exceptions: [{ date: '2026-03-03', hours: [] }] }), march('10T10:00'));
    expect(resolutionOf(late)).toEqual(before);
    expect(before?.ledger.reduce((sum, { counted }) => sum + counted, 0)).toBe(before?.elapsed);
  });
});
