import {
  type ComplaintCommand,
  type ComplaintState,
  type DecisionContext,
  decide,
  evolve,
  initialState,
} from '#libs/complaint-domain/index.js';
import { IMPORT_COMMANDS, type ImportLine } from '../import-line.js';
import { type CaseProgress, type Step, stepsOf } from './activity-meanings.js';
import type { EventLogMapping, EventLogRow } from './event-log-mapping.js';

/** What one row of the log leads to: lines to import, or the reason why it leads to none. */
export type RowReading =
  | { readonly kind: 'lines'; readonly lines: readonly ImportLine[] }
  /** It says nothing that the rows before it have not said. */
  | { readonly kind: 'merged'; readonly reason: string }
  | { readonly kind: 'unknown-activity'; readonly reason: string };

/** The log's own moments lie in the past, whatever they are. */
const END_OF_TIME = '9999-12-31T23:59:59.999Z';

/** Reading anticipates the rules of the domain only; what is configured where the lines go is judged there. */
const ANY_CONFIGURATION: DecisionContext = {
  hasTeam: () => true,
  hasCallTreeNode: () => true,
  hasCategory: () => true,
  policy: { reopenWindowMs: 0, surveyAttempts: 1 },
};

/**
 * Reads rows as commands. What a row means depends on where its case stands, so each case is followed with the same
 * decider and fold that will judge the commands; a command that they refuse is still sent, to be refused by name.
 */
export function createEventLogReader(mapping: EventLogMapping): (row: EventLogRow) => RowReading {
  const cases = new Map<string, CaseProgress>();

  return (row) => {
    const meaning = mapping.activities[row.activity];
    if (!meaning) return { kind: 'unknown-activity', reason: 'The mapping does not know this activity.' };
    const externalId = `${mapping.source}:${row.caseId}`;
    let progress = cases.get(row.caseId) ?? { state: initialState, seriousnessAssigned: false };
    const lines: ImportLine[] = [];
    for (const step of stepsOf(meaning, row, mapping, () => progress)) {
      const state = stateAfter(progress.state, step, row, externalId);
      lines.push({ ...step, occurredAt: row.at, externalId });
      if (state === undefined) break;
      progress = { ...progress, state };
    }
    if (meaning.as === 'seriousness') progress = { ...progress, seriousnessAssigned: true };
    cases.set(row.caseId, progress);
    return lines.length > 0 ? { kind: 'lines', lines } : { kind: 'merged', reason: 'Already so.' };
  };
}

function stateAfter(
  state: ComplaintState,
  step: Step,
  row: EventLogRow,
  externalId: string,
): ComplaintState | undefined {
  const { actor } = step;
  const ids =
    step.command === 'receive' ? { complaintId: externalId, reference: externalId, externalId } : {};
  const command = {
    type: IMPORT_COMMANDS[step.command],
    data: { ...step.body, ...ids },
    actor,
    occurredAt: row.at,
    now: END_OF_TIME,
    importing: true,
  } as ComplaintCommand;
  const decision = decide(command, state, ANY_CONFIGURATION);
  if (!decision.ok) return undefined;
  const { occurredAt } = decision;
  return decision.events.reduce<ComplaintState>(
    (before, event) => evolve(before, { ...event, metadata: { occurredAt, actor } }),
    state,
  );
}
