import type { Doc } from '../bson/doc.js';
import { pause, type Execution, type Steps } from '../query/execution.js';

/**
 * Documents that are handed over one by one, each to be let go of before the next; the steps are pauses alone. It spares those
 * who look at each document once the way of each through generators.
 */
export type Feed = (take: (doc: Doc) => void) => Steps<never>;

/** A stage that can be fed. */
export interface FedStage {
  (input: Steps<Doc>): Steps<Doc>;
  readonly fed: (feed: Feed) => Steps<Doc>;
}

export const fedStage = (fed: FedStage['fed'], execution: Execution): FedStage =>
  Object.assign((input: Steps<Doc>) => fed((take) => handOver(input, take, execution)), { fed });

function* handOver(input: Steps<Doc>, take: (doc: Doc) => void, execution: Execution): Steps<never> {
  for (const doc of input) {
    if (doc !== pause) take(doc);
    if (doc === pause || execution.pauseDue) yield pause;
  }
}
