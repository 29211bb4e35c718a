import {
  EMPTY_CONFIGURATION,
  evolveConfiguration,
  type ConfigurationModel,
} from '#libs/configuration-model/index.js';
import { DEFAULT_CALENDARS, DEFAULT_CALL_TREE, DEFAULT_POLICY } from '#libs/default-configuration/index.js';
import type { ConfigurationEvent } from '#libs/event-contracts/index.js';
import type { Folded } from '#libs/projection-engine/projection.js';
import { demoHistories } from '#libs/testing/demo-histories.js';
import { EventsInOrder } from '#libs/testing/recorded-events.js';
import { foldSlaFacts, type SlaFacts } from '#projections/sla-facts/index.js';
import type { ComplaintFact } from '../facts.js';
import type { Dimension } from '../grouping/dimensions.js';
import { aggregate, type ReportFrame } from '../report-frame.js';
import { resolutionCompliance } from './resolution-compliance.js';
import { workload } from './workload.js';

/*
 * The demo's three months of complaints, asked at the end of every sixth day of them: whatever two reports call by one
 * name must be one figure.
 */
const DAY = 86_400_000;
const UNTIL = Date.parse('2026-06-15T09:00:00.000Z');
const EVERYTHING = '2026-01-01T00:00:00.000Z';

function configured(): [ConfigurationModel, EventsInOrder] {
  const order = new EventsInOrder();
  const events: ConfigurationEvent[] = [
    ...DEFAULT_CALENDARS.map((data) => ({ type: 'CalendarDefined' as const, data })),
    ...DEFAULT_CALL_TREE.map((data) => ({ type: 'CallTreeNodeDefined' as const, data })),
    { type: 'SlaPolicyPublished', data: { ...DEFAULT_POLICY, version: 1, effectiveFrom: EVERYTHING } },
  ];
  const model = events.reduce<ConfigurationModel>(
    (before, event) => evolveConfiguration(before, order.configuration(event, EVERYTHING)),
    EMPTY_CONFIGURATION,
  );
  return [model, order];
}

function demoFacts(): ComplaintFact[] {
  const [model, order] = configured();
  return [...demoHistories(500, UNTIL, 7, order)].flatMap(({ events }, index) => {
    const facts = events.reduce<Folded<SlaFacts> | null>(
      (before, event) => foldSlaFacts(before, event, model),
      null,
    );
    return facts === null ? [] : [{ ...facts, _id: String(index) }];
  });
}

function frame(to: number, groupBy: readonly Dimension[]): ReportFrame {
  return {
    from: EVERYTHING,
    to: new Date(to).toISOString(),
    now: new Date(UNTIL).toISOString(),
    groupBy,
    timeZone: 'Europe/Istanbul',
    nodePath: (code) => [code],
  };
}

const ENDS = Array.from({ length: 15 }, (_, index) => UNTIL - index * 6 * DAY);
const facts = demoFacts();

/** Groups with nothing open tell each report about other things. */
const late = (groups: readonly { readonly key: string; readonly openLate: number }[]) =>
  groups.filter(({ openLate }) => openLate > 0).map(({ key, openLate }) => ({ key, openLate }));

describe('What is open and late', () => {
  it.each([['team'], ['callTree', 'channel'], ['priority'], ['project']] as const)(
    'is one figure in workload and in resolution compliance, by %s',
    async (...groupBy) => {
      let seen = 0;
      for (const to of ENDS) {
        const held = await aggregate(facts, workload(frame(to, groupBy)));
        const judged = await aggregate(facts, resolutionCompliance(frame(to, groupBy)));
        expect(late(held.groups)).toEqual(late(judged.groups));
        expect(held.total.openLate).toBe(judged.total.openLate);
        expect(held.total.openLate).toBeLessThanOrEqual(held.total.open);
        seen += held.total.openLate;
      }
      expect(seen).toBeGreaterThan(20);
    },
  );

  it('leaves every cycle begun by the end of a period either open, resolved or withdrawn', async () => {
    for (const to of ENDS) {
      const { total } = await aggregate(facts, workload(frame(to, ['team'])));
      const { total: resolved } = await aggregate(facts, resolutionCompliance(frame(to, ['team'])));
      const at = new Date(to).toISOString();
      const begun = facts.flatMap(({ cycles }) => cycles).filter(({ startedAt }) => startedAt < at).length;
      expect(total.open + resolved.n + total.withdrawn).toBe(begun);
      // What a team has handed in is either checked by then or awaits it; what it has not is still with it.
      const stays = facts.flatMap(({ cycles }) => cycles.flatMap((cycle) => cycle.stays));
      const withTeams = stays.filter(({ from, to: end }) => from < at && (end === null || end >= at)).length;
      expect(total.open - total.awaitingApproval).toBe(withTeams);
    }
  });
});
