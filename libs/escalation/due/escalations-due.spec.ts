import {
  EMPTY_CONFIGURATION,
  evolveConfiguration,
  type ConfigurationModel,
} from '#libs/configuration-model/index.js';
import { instantOf, type CycleFacts } from '#libs/service-time/index.js';
import {
  calendarDefined,
  EventsInOrder,
  nodeDefined,
  policyPublished,
} from '#libs/testing/recorded-events.js';
import { escalationCommandId } from './escalation-command-id.js';
import { escalationsDue } from './escalations-due.js';

/** Mon-Fri 09-17 UTC; 8 h, levels at 75 % and 100 %. 2 March 2026 is a Monday. */
function configured(...more: Parameters<typeof policyPublished>[0][]): ConfigurationModel {
  const order = new EventsInOrder();
  return [
    nodeDefined('defects'),
    calendarDefined(),
    policyPublished(),
    ...more.map((about) => policyPublished(about)),
  ]
    .map((event) => order.configuration(event, '2026-01-01T00:00:00.000Z'))
    .reduce(evolveConfiguration, EMPTY_CONFIGURATION);
}

const march = (at: string) => instantOf(`2026-03-${at}:00.000Z`);

function begun(at: string, about: Partial<CycleFacts> = {}): CycleFacts {
  const started = { at: march(at) };
  return {
    cycle: 1,
    channel: 'phone',
    started,
    placements: [{ ...started, callTree: 'defects', priority: 'normal' }],
    pauses: [],
    resolutions: [],
    ...about,
  };
}

const running = (facts: CycleFacts, levelReached = 0) => ({ facts, levelReached, running: true });
const levels = (due: ReturnType<typeof escalationsDue>): number[] => due.map(({ level }) => level);

describe('The escalations that are due', () => {
  const facts = begun('02T09:00');

  it('are none at the very moment, and one a millisecond later', () => {
    const moment = march('02T15:00');
    expect(escalationsDue(running(facts), configured(), moment)).toEqual([]);
    expect(escalationsDue(running(facts), configured(), instantOf('2026-03-02T15:00:00.001Z'))).toEqual([
      {
        cycle: 1,
        level: 1,
        at: '75%',
        reachedAt: '2026-03-02T15:00:00.000Z',
        dueAt: '2026-03-02T17:00:00.000Z',
        notify: ['team'],
        policyVersion: 1,
      },
    ]);
  });

  it('are all levels whose moments passed, lowest first, less those reached already', () => {
    const tuesday = march('03T09:00');
    expect(levels(escalationsDue(running(facts), configured(), tuesday))).toEqual([1, 2]);
    expect(levels(escalationsDue(running(facts, 1), configured(), tuesday))).toEqual([2]);
    expect(levels(escalationsDue(running(facts, 2), configured(), tuesday))).toEqual([]);
  });

  it('are none on a clock that is paused or finished, whatever passed before', () => {
    expect(escalationsDue({ ...running(facts), running: false }, configured(), march('04T09:00'))).toEqual(
      [],
    );
  });

  it('are none while the history is being imported', () => {
    const held = { ...running(facts), heldUntil: march('04T09:00') };
    expect(escalationsDue(held, configured(), march('03T09:00'))).toEqual([]);
    expect(levels(escalationsDue(held, configured(), march('04T09:00')))).toEqual([1, 2]);
  });

  it('come later by what was paused, in business time', () => {
    const paused = begun('02T09:00', { pauses: [{ from: march('02T10:00'), to: march('02T12:00') }] });
    expect(escalationsDue(running(paused), configured(), march('02T17:00'))).toEqual([]);
    expect(levels(escalationsDue(running(paused), configured(), march('03T10:00')))).toEqual([1]);
  });

  it('follow the policy that was in force when the cycle began', () => {
    const stricter = {
      version: 2,
      effectiveFrom: '2026-03-02T12:00:00.000Z',
      escalation: [{ level: 1, at: '10%', notify: ['supervisor'] }],
    };
    const at = march('02T14:00');
    expect(escalationsDue(running(facts), configured(stricter), at)).toEqual([]);
    const later = escalationsDue(running(begun('02T12:00')), configured(stricter), at);
    expect(later.map(({ policyVersion, notify }) => [policyVersion, notify])).toEqual([[2, ['supervisor']]]);
  });

  it('are none without a policy, and none for a node that has no target', () => {
    expect(escalationsDue(running(facts), EMPTY_CONFIGURATION, march('09T09:00'))).toEqual([]);
    const elsewhere = begun('02T09:00', {
      placements: [{ at: march('02T09:00'), callTree: 'sales', priority: 'normal' }],
    });
    expect(escalationsDue(running(elsewhere), configured(), march('09T09:00'))).toEqual([]);
  });
});

describe('The command of an escalation', () => {
  it('is one for the same complaint, cycle and level, and another for any other', () => {
    const id = escalationCommandId('c-1', 1, 2);
    expect(escalationCommandId('c-1', 1, 2)).toBe(id);
    const others = [
      escalationCommandId('c-1', 1, 3),
      escalationCommandId('c-1', 2, 2),
      escalationCommandId('c-11', 1, 2),
      escalationCommandId('c-1', 12, 2),
    ];
    expect(new Set([id, ...others]).size).toBe(5);
  });
});
