import { Doc } from '../bson/doc.js';
import { isArray } from '../bson/types.js';
import type { MaybeValue } from '../bson/values.js';
import { failAt } from '../errors.js';
import { pause, type Execution, type Steps } from '../query/execution.js';
import { valueAtPath } from '../query/path.js';
import { modifyPath, type Placeholders } from '../update/modify-path.js';
import type { StageParser } from './pipeline.js';

interface Unwind {
  readonly parts: readonly string[];
  readonly index: readonly string[] | undefined;
  readonly preserve: boolean;
}

const noPlaceholders: Placeholders = { matched: () => -1, selects: () => false };

export const set = (doc: Doc, parts: readonly string[], value: MaybeValue): Doc =>
  modifyPath(doc, parts, () => value, value !== undefined, noPlaceholders);

export const unwindStage: StageParser = (operand, { execution }) => {
  const spec = operand instanceof Doc ? operand : Doc.of({ path: operand });
  const odd = spec.keys.find(
    (key) => !['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(key),
  );
  if (odd !== undefined) throw failAt(28811, `unrecognized option to $unwind stage: ${odd}`);
  const path = spec.get('path');
  if (typeof path !== 'string') throw failAt(28808, 'expected a string as the path for $unwind stage');
  if (!path.startsWith('$') || path.length < 2)
    throw failAt(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  const index = spec.get('includeArrayIndex');
  if (index !== undefined && (typeof index !== 'string' || index === '' || index.startsWith('$'))) {
    throw failAt(
      28822,
      'includeArrayIndex option to $unwind stage should be a non-empty string without $ in front',
    );
  }
  const unwind: Unwind = {
    parts: path.slice(1).split('.'),
    index: typeof index === 'string' ? index.split('.') : undefined,
    preserve: spec.get('preserveNullAndEmptyArrays') === true,
  };
  return (input) => unwound(input, unwind, execution);
};

function* unwound(input: Steps<Doc>, { parts, index, preserve }: Unwind, execution: Execution): Steps<Doc> {
  const numbered = (doc: Doc, at: bigint | null) => (index ? set(doc, index, at) : doc);
  for (const doc of input) {
    if (doc === pause) {
      yield pause;
      continue;
    }
    const value = valueAtPath(doc, parts);
    if (!isArray(value)) {
      if (value !== undefined && value !== null) yield numbered(doc, null);
      else if (preserve) yield numbered(doc, null);
      continue;
    }
    if (value.length === 0 && preserve) yield numbered(set(doc, parts, undefined), null);
    for (let i = 0; i < value.length; i++) {
      yield numbered(set(doc, parts, value[i]), BigInt(i));
      if (execution.pauseDue) yield pause;
    }
  }
}
