import { pause, type Execution, type Steps } from '../query/execution.js';

export function* mapped<A, B>(input: Steps<A>, apply: (item: A) => B): Steps<B> {
  for (const item of input) yield item === pause ? pause : apply(item);
}

export function* skipped<T>(input: Steps<T>, count: number): Steps<T> {
  let left = count;
  for (const item of input) {
    if (item === pause) yield pause;
    else if (left > 0) left--;
    else yield item;
  }
}

/** @param execution told when the last one is given, where that is the last of the whole answer */
export function* limited<T>(input: Steps<T>, count: number, execution?: Execution): Steps<T> {
  let given = 0;
  if (count === 0) return;
  for (const item of input) {
    if (item === pause) {
      yield pause;
      continue;
    }
    given++;
    if (given === count && execution) execution.atEnd = true;
    yield item;
    if (given === count) return;
  }
}

export function* filtered<T>(input: Steps<T>, accepts: (item: T) => boolean, execution: Execution): Steps<T> {
  for (const item of input) {
    if (item === pause) yield pause;
    else if (accepts(item)) yield item;
    else if (execution.pauseDue) yield pause;
  }
}
