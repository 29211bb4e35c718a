import { type ComplaintState, decide, evolve, initialState } from '#libs/complaint-domain/index.js';
import type { ComplaintCommand } from '#libs/complaint-domain/index.js';
import {
  DEFAULT_CALL_TREE,
  DEFAULT_CATEGORIES,
  DEFAULT_POLICY,
  DEFAULT_TEAMS,
} from '#libs/default-configuration/index.js';
import { IMPORT_COMMANDS, type ImportLine } from '#libs/importing/index.js';
import { demoComplaints } from './index.js';

const UNTIL = Date.parse('2026-06-15T09:00:00.000Z');
const context = {
  hasTeam: (code: string) => DEFAULT_TEAMS.some((team) => team.code === code),
  hasCallTreeNode: (code: string) => DEFAULT_CALL_TREE.some((node) => node.code === code),
  hasCategory: (code: string) => DEFAULT_CATEGORIES.some((category) => category.code === code),
  policy: { reopenWindowMs: 0, surveyAttempts: DEFAULT_POLICY.surveyAttempts },
};

function afterLine(state: ComplaintState, line: ImportLine): ComplaintState {
  const ids = line.command === 'receive' ? { complaintId: line.externalId, reference: line.externalId } : {};
  const { actor, occurredAt } = line;
  const command = {
    type: IMPORT_COMMANDS[line.command],
    data: { ...line.body, ...ids },
    actor,
    occurredAt,
    now: new Date(UNTIL).toISOString(),
    importing: true,
  } as ComplaintCommand;
  const decision = decide(command, state, context);
  if (!decision.ok) throw new Error(`${line.command}: ${decision.rejection.detail}`);
  return decision.events.reduce<ComplaintState>(
    (before, event) => evolve(before, { ...event, metadata: { occurredAt: decision.occurredAt, actor } }),
    state,
  );
}

describe('demo complaints', () => {
  it('obey every rule of the domain and reach every status', () => {
    const statuses = new Set<string>();
    for (const story of demoComplaints(600, UNTIL)) {
      const state = story.reduce(afterLine, initialState);
      if (state.exists) statuses.add(state.status);
    }
    expect([...statuses].sort()).toEqual(
      ['closed', 'confirmed', 'open', 'received', 'resolved', 'routed', 'surveyed', 'withdrawn'].sort(),
    );
  });

  it('are told the same way twice', () => {
    expect([...demoComplaints(20, UNTIL)]).toEqual([...demoComplaints(20, UNTIL)]);
  });

  it('span ninety days and two languages', () => {
    const received = [...demoComplaints(200, UNTIL)].map(([first]) => first!);
    const days = (UNTIL - Date.parse(String(received[0]!.body['contactedAt']))) / 86_400_000;
    expect(days).toBeGreaterThan(80);
    const locales = received.map(({ body }) => (body['customer'] as { locale: string }).locale);
    expect(new Set(locales)).toEqual(new Set(['tr-TR', 'en-GB']));
  });
});
