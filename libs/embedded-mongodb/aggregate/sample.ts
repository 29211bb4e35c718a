import { Doc } from '../bson/doc.js';
import { toNumber } from '../bson/numbers.js';
import { isNumeric } from '../bson/types.js';
import { fail, failAt } from '../errors.js';
import { pause, type Steps } from '../query/execution.js';
import { docSize, type StageParser } from './pipeline.js';

const memory = 100 * 1024 * 1024;

/** A reservoir: each document has the same chance to be in it at the end. */
export const sampleStage: StageParser = (operand) => {
  const wanted = operand instanceof Doc ? operand.get('size') : undefined;
  const size = isNumeric(wanted) ? toNumber(wanted) : NaN;
  if (!Number.isInteger(size) || size < 1)
    throw failAt(28747, 'size argument to $sample must be a positive integer');
  return function* (input: Steps<Doc>): Steps<Doc> {
    const kept: Doc[] = [];
    let [seen, bytes] = [0, 0];
    for (const doc of input) {
      if (doc === pause) {
        yield pause;
        continue;
      }
      seen++;
      const at = kept.length < size ? kept.length : Math.floor(Math.random() * seen);
      if (at >= size) continue;
      const replaced = kept[at];
      bytes += docSize(doc) - (replaced ? docSize(replaced) : 0);
      if (bytes > memory)
        throw fail('QueryExceededMemoryLimitNoDiskUseAllowed', '$sample exceeds the memory limit');
      kept[at] = doc;
    }
    yield* kept;
  };
};
