import {
  calendarDefined,
  EventsInOrder,
  NAMES,
  nodeDefined,
  policyPublished,
} from '#libs/testing/recorded-events.js';
import type { ConfigurationEvent, RecordedEvent } from '#libs/event-contracts/index.js';
import { instantOf } from '#libs/service-time/index.js';
import {
  calendar,
  EMPTY_CONFIGURATION,
  evolveConfiguration,
  nodePath,
  policyInForceAt,
  rulesInForceAt,
  subtreeOf,
} from './index.js';

const at = instantOf;

function log(...events: readonly (readonly [ConfigurationEvent, string])[]): RecordedEvent[] {
  const order = new EventsInOrder();
  return events.map(([event, moment]) => order.configuration(event, moment));
}

const fold = (events: readonly RecordedEvent[]) => events.reduce(evolveConfiguration, EMPTY_CONFIGURATION);

describe('The configuration as it stands in the log', () => {
  const monday = '2026-03-02T09:00:00.000Z';
  const tuesday = '2026-03-03T09:00:00.000Z';

  it('keeps every version and has the newest in force', () => {
    const model = fold(
      log(
        [
          {
            type: 'TeamDefined',
            data: { code: 'plumbing', names: NAMES, members: ['mehmet'], active: true },
          },
          monday,
        ],
        [
          { type: 'TeamDefined', data: { code: 'plumbing', names: NAMES, members: [], active: false } },
          tuesday,
        ],
      ),
    );
    expect(model.teams.newest.get('plumbing')?.active).toBe(false);
    expect(model.teams.history.get('plumbing')?.map(({ version, data }) => [version, data.members])).toEqual([
      [1, ['mehmet']],
      [2, []],
    ]);
  });

  it('never holds a circle: of two nodes placed below each other at once, the second stays where it was', () => {
    const model = fold(
      log(
        [nodeDefined('defects'), monday],
        [nodeDefined('water'), monday],
        [nodeDefined('pipes', 'water'), monday],
        [nodeDefined('defects', 'pipes'), tuesday],
        [nodeDefined('water', 'defects'), tuesday],
        [nodeDefined('pipes', 'pipes'), tuesday],
      ),
    );
    expect(nodePath(model, 'defects')).toEqual(['defects', 'pipes', 'water']);
    expect(model.callTree.newest.get('water')?.parent).toBeUndefined();
    expect(
      model.callTree.history.get('water')?.map(({ version, closesCircle }) => [version, closesCircle]),
    ).toEqual([
      [1, undefined],
      [2, true],
    ]);
    expect(model.callTree.newest.get('pipes')?.parent).toBe('water');
  });

  it('does not change when events are delivered again, and leaves what others hold of it alone', () => {
    const events = log([nodeDefined('defects'), monday], [nodeDefined('plumbing', 'defects'), tuesday]);
    const before = fold(events.slice(0, 1));
    const model = fold([...events, ...events]);
    expect(model).toEqual(fold(events));
    expect(before.callTree.newest.has('plumbing')).toBe(false);
    expect(model.teams).toBe(before.teams);
  });

  it('passes over events that it does not know', () => {
    const [event] = log([nodeDefined('defects'), monday]);
    expect(evolveConfiguration(EMPTY_CONFIGURATION, { ...event!, type: 'SomethingNew' })).toBe(
      EMPTY_CONFIGURATION,
    );
  });

  it('finds the way up from a node, and all below it', () => {
    const model = fold(
      log(
        [nodeDefined('defects'), monday],
        [nodeDefined('plumbing', 'defects'), monday],
        [nodeDefined('other'), monday],
      ),
    );
    expect(nodePath(model, 'plumbing')).toEqual(['plumbing', 'defects']);
    expect(subtreeOf(model, 'defects')).toEqual(['defects', 'plumbing']);
    expect(subtreeOf(model, 'unheard-of')).toEqual(['unheard-of']);
  });

  it('lets a policy rule from its effective moment on, a millisecond earlier the one before', () => {
    const model = fold(
      log(
        [policyPublished({ version: 1 }), monday],
        [policyPublished({ version: 2, effectiveFrom: tuesday }), monday],
      ),
    );
    expect(policyInForceAt(model, at('2026-03-03T08:59:59.999Z'))?.version).toBe(1);
    expect(policyInForceAt(model, at(tuesday))?.version).toBe(2);
  });

  it('compiles a calendar once for all models that share it', () => {
    const [first, second] = log([calendarDefined(), monday], [nodeDefined('defects'), tuesday]);
    const before = evolveConfiguration(EMPTY_CONFIGURATION, first!);
    expect(calendar(evolveConfiguration(before, second!), 'default')).toBe(calendar(before, 'default'));
  });

  it('has no rules before a policy and its calendar are there', () => {
    const events = log([policyPublished(), monday], [calendarDefined(), tuesday]);
    expect(rulesInForceAt(fold(events.slice(0, 1)), at(tuesday))).toBeUndefined();
    expect(rulesInForceAt(fold(events), at(tuesday))).toMatchObject({
      policyVersion: 1,
      calendarCode: 'default',
      calendarVersion: 1,
    });
  });
});
