import {
  decide,
  evolve,
  initialState,
  type ComplaintCommand,
  type ComplaintState,
} from '#libs/complaint-domain/index.js';
import {
  DEFAULT_CALL_TREE,
  DEFAULT_CATEGORIES,
  DEFAULT_POLICY,
  DEFAULT_TEAMS,
} from '#libs/default-configuration/index.js';
import { demoComplaints } from '#libs/demo-data/index.js';
import type { ComplaintEvent } from '#libs/event-contracts/index.js';
import { IMPORT_COMMANDS, type ImportLine } from '#libs/importing/index.js';
import { durationOf } from '#libs/service-time/index.js';
import { EventsInOrder, type Recorded } from './recorded-events.js';

const context = {
  hasTeam: (code: string) => DEFAULT_TEAMS.some((team) => team.code === code),
  hasCallTreeNode: (code: string) => DEFAULT_CALL_TREE.some((node) => node.code === code),
  hasCategory: (code: string) => DEFAULT_CATEGORIES.some((category) => category.code === code),
  policy: {
    reopenWindowMs: durationOf(DEFAULT_POLICY.reopenWindow),
    surveyAttempts: DEFAULT_POLICY.surveyAttempts,
  },
};

export interface DemoHistory {
  readonly events: readonly Recorded<ComplaintEvent>[];
  readonly state: ComplaintState;
}

/** The demo's complaints as the log would hold them, each line decided by the rules. @throws when a rule is broken */
export function* demoHistories(
  count: number,
  until: number,
  seed?: number,
  order = new EventsInOrder(),
): Generator<DemoHistory> {
  for (const story of demoComplaints(count, until, seed)) yield historyOf(story, until, order);
}

function historyOf(story: readonly ImportLine[], until: number, order: EventsInOrder): DemoHistory {
  let state: ComplaintState = initialState;
  const events: Recorded<ComplaintEvent>[] = [];
  for (const line of story) {
    const ids =
      line.command === 'receive' ? { complaintId: line.externalId, reference: line.externalId } : {};
    const command = {
      type: IMPORT_COMMANDS[line.command],
      data: { ...line.body, ...ids },
      actor: line.actor,
      occurredAt: line.occurredAt,
      now: new Date(until).toISOString(),
      importing: true,
    } as ComplaintCommand;
    const decision = decide(command, state, context);
    if (!decision.ok) throw new Error(`${line.command}: ${decision.rejection.detail}`);
    for (const event of decision.events) {
      const recorded = order.complaint(line.externalId, event, decision.occurredAt, { by: line.actor });
      events.push(recorded);
      state = evolve(state, recorded);
    }
  }
  return { events, state };
}
