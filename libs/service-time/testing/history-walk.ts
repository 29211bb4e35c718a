import type { RecordedFact } from '../clocks/fold-cycle-facts.js';
import { Instant, MINUTE } from '../instant.js';

/** What the minutes add up to in one cycle. Milliseconds; null where that clock never began. */
export interface WalkedCycle {
  readonly target: number;
  /** null unless the target is used up before the horizon. */
  readonly due: Instant | null;
  readonly elapsed: number;
  readonly approval: number | null;
  readonly survey: number | null;
}

type IsOpen = (at: Instant) => boolean;
type TargetOf = (callTree: string, priority: string) => number;

const timeOf = (fact: RecordedFact): Instant => Date.parse(fact.metadata.occurredAt) as Instant;

/**
 * The slow and obvious way through a life, which shares no code with the clocks: at every minute ask what had been told
 * by then. For events at whole minutes.
 */
export function walkedCycles(
  history: readonly RecordedFact[],
  open: IsOpen,
  targetOf: TargetOf,
  now: Instant,
  horizon: Instant,
): WalkedCycle[] {
  const known = new Map<Instant, boolean>();
  const isOpen: IsOpen = (at) => {
    const answer = known.get(at) ?? open(at);
    known.set(at, answer);
    return answer;
  };
  const begins = history.flatMap(({ type }, index) =>
    type === 'ComplaintReceived' || type === 'ComplaintReopened' ? [index] : [],
  );
  return begins.map((begin, cycle) => {
    const next = begins[cycle + 1];
    const told = history.slice(begin, next);
    const reopened = next === undefined ? undefined : history[next];
    const target = targetOf(...placeThatRules(history.slice(0, next), begin));
    return {
      target,
      ...resolution(told, isOpen, target, now, horizon),
      ...afterwards(told, isOpen, reopened === undefined ? now : timeOf(reopened), now),
    };
  });
}

/** The last place told of before the result of this cycle was confirmed. */
function placeThatRules(soFar: readonly RecordedFact[], begin: number): [string, string] {
  let place: [string, string] = ['', ''];
  for (const [index, fact] of soFar.entries()) {
    if (index > begin && fact.type === 'ResolutionConfirmed') break;
    if (fact.type === 'ComplaintReceived') place = [fact.data.callTree, fact.data.priority];
    if (fact.type === 'ComplaintCategorised') place = [fact.data.callTree ?? place[0], place[1]];
    if (fact.type === 'PriorityChanged') place = [place[0], fact.data.priority];
  }
  return place;
}

function resolution(
  told: readonly RecordedFact[],
  isOpen: IsOpen,
  target: number,
  now: Instant,
  horizon: Instant,
): Pick<WalkedCycle, 'due' | 'elapsed'> {
  const [first] = told;
  const result = told
    .filter(({ type }, index) => type === 'ComplaintResolved' && !rejected(told, index))
    .at(-1);
  const withdrawn = told.find(({ type }) => type === 'ComplaintWithdrawn');
  const ended = withdrawn ?? result;
  const end = ended === undefined ? now : timeOf(ended);
  let due: Instant | null = null;
  let counted = 0;
  let elapsed = 0;
  for (let at = first === undefined ? horizon : timeOf(first); at < horizon; at = (at + MINUTE) as Instant) {
    if (!isOpen(at) || isPaused(told, at)) continue;
    counted += MINUTE;
    if (at < end) elapsed = counted;
    if (counted === target) due = (at + MINUTE) as Instant;
  }
  return { due, elapsed };
}

function rejected(told: readonly RecordedFact[], result: number): boolean {
  const verdict = told
    .slice(result + 1)
    .find(({ type }) => type === 'ResolutionConfirmed' || type === 'ResolutionRejected');
  return verdict?.type === 'ResolutionRejected';
}

function isPaused(told: readonly RecordedFact[], at: Instant): boolean {
  const last = told.findLast(
    (fact) =>
      timeOf(fact) <= at &&
      ['ClockPaused', 'ClockResumed', 'ComplaintResolved', 'ComplaintWithdrawn'].includes(fact.type),
  );
  return last?.type === 'ClockPaused';
}

/** The approval of the result that stands, and the survey, which the re-opening ends. */
function afterwards(
  told: readonly RecordedFact[],
  isOpen: IsOpen,
  end: Instant,
  now: Instant,
): Pick<WalkedCycle, 'approval' | 'survey'> {
  const count = (from: RecordedFact | undefined, to: Instant): number | null => {
    if (from === undefined) return null;
    let sum = 0;
    for (let at = timeOf(from); at < to; at = (at + MINUTE) as Instant) if (isOpen(at)) sum += MINUTE;
    return sum;
  };
  const timeOfFirst = (matches: (fact: RecordedFact) => boolean): Instant | undefined => {
    const fact = told.find(matches);
    return fact === undefined ? undefined : timeOf(fact);
  };
  const confirmed = timeOfFirst(({ type }) => type === 'ResolutionConfirmed');
  const withdrawn = timeOfFirst(({ type }) => type === 'ComplaintWithdrawn');
  const surveyed = timeOfFirst(
    (fact) =>
      fact.type === 'SatisfactionSurveyed' || (fact.type === 'SurveyAttempted' && fact.data.unreached),
  );
  const result = told
    .filter(({ type }, index) => type === 'ComplaintResolved' && !rejected(told, index))
    .at(-1);
  const closed = told.find(({ type }) => type === 'ComplaintClosed');
  return {
    approval: withdrawn === undefined ? count(result, confirmed ?? now) : null,
    survey: count(closed, surveyed ?? end),
  };
}
