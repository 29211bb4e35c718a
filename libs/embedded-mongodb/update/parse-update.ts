import { compareStrings } from '../bson/compare.js';
import { Doc } from '../bson/doc.js';
import { marksOf } from '../bson/marks.js';
import { shell } from '../bson/shell.js';
import { isArray } from '../bson/types.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { fail } from '../errors.js';
import { isOffset } from '../query/path.js';
import { valueAtPath } from '../query/path.js';
import { modifyPath, type Modification, type Placeholders } from './modify-path.js';
import { modificationFor } from './operators.js';

export interface UpdateRun {
  readonly inserting: boolean;
  readonly placeholders: Placeholders;
}

/** Makes the new document of the old. */
export type Update =
  | { readonly kind: 'replacement'; readonly doc: Doc }
  | { readonly kind: 'operators'; readonly apply: (doc: Doc, run: UpdateRun) => Doc }
  | { readonly kind: 'pipeline'; readonly apply: (doc: Doc) => Doc };

interface Step {
  readonly path: string;
  readonly parts: readonly string[];
  readonly onInsertOnly: boolean;
  readonly apply: (doc: Doc, placeholders: Placeholders) => Doc;
}

export function parseUpdate(
  update: Value,
  now: number,
  pipeline: (stages: readonly Value[]) => (doc: Doc) => Doc,
): Update {
  if (isArray(update)) return { kind: 'pipeline', apply: pipeline(update) };
  if (!(update instanceof Doc))
    throw fail('FailedToParse', 'Update argument must be either an object or an array');
  if (!marksOf(update).dollar) return { kind: 'replacement', doc: update };
  if (!update.keys[0]?.startsWith('$')) {
    const operator = update.keys.find((key) => key.startsWith('$')) ?? '';
    throw fail(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${operator}' in '${operator}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  }
  const steps = [...update.entries()].flatMap(([operator, fields]) => parseOperator(operator, fields, now));
  refuseConflicts(steps);
  // New fields appear in the order of their names, whatever the order of the request.
  steps.sort((a, b) => compareParts(a.parts, b.parts));
  return {
    kind: 'operators',
    apply: (doc, { inserting, placeholders }) =>
      steps.reduce(
        (next, step) => (step.onInsertOnly && !inserting ? next : step.apply(next, placeholders)),
        doc,
      ),
  };
}

function parseOperator(operator: string, fields: Value, now: number): Step[] {
  if (!operator.startsWith('$')) {
    throw fail(
      'FailedToParse',
      `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  }
  if (!(fields instanceof Doc)) {
    throw fail(
      'FailedToParse',
      `Modifiers operate on fields but we found another type instead. For example: {$mod: {<field>: ...}} not {${operator}: …}`,
    );
  }
  return [...fields.entries()].flatMap(([path, operand]) => {
    const parts = checkedPath(path);
    if (operator === '$rename') return renameSteps(path, parts, operand);
    const modification = modificationFor(operator, operand, { now, path });
    if (!modification) {
      throw fail(
        'FailedToParse',
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    return [stepOf(path, parts, modification, operator === '$setOnInsert')];
  });
}

const stepOf = (
  path: string,
  parts: readonly string[],
  { change, create }: Modification,
  onInsertOnly: boolean,
): Step => ({
  path,
  parts,
  onInsertOnly,
  apply: (doc, placeholders) => modifyPath(doc, parts, change, create, placeholders),
});

function checkedPath(path: string): string[] {
  const parts = path.split('.');
  if (parts.includes('')) {
    throw fail(
      'EmptyFieldName',
      `The update path '${path}' contains an empty field name, which is not allowed.`,
    );
  }
  const odd = parts.find((part, i) => part.startsWith('$') && (i === 0 || !/^\$(\[.*\])?$/.test(part)));
  if (odd === '$' || odd?.startsWith('$['))
    throw fail(
      'BadValue',
      `Cannot have positional (i.e. '${odd}') element in the first position in path '${path}'`,
    );
  if (odd)
    throw fail(
      'DollarPrefixedFieldName',
      `The dollar ($) prefixed field '${odd}' in '${path}' is not allowed in the context of an update.`,
    );
  return parts;
}

function renameSteps(path: string, parts: readonly string[], operand: Value): Step[] {
  if (typeof operand !== 'string')
    throw fail('BadValue', `The 'to' field for $rename must be a string: ${path}`);
  const target = checkedPath(operand);
  if (path === operand)
    throw fail('BadValue', `The source and target field for $rename must differ: ${path}: "${operand}"`);
  if ([...parts, ...target].some((part) => part.startsWith('$'))) {
    throw fail('BadValue', `The source and target field for $rename may not be dynamic: ${path}`);
  }
  if (isBelow(path, operand) || isBelow(operand, path))
    throw fail(
      'BadValue',
      `The source and target field for $rename must not be on the same path: ${path}: "${operand}"`,
    );
  let carried: MaybeValue;
  const take: Step = {
    path,
    parts,
    onInsertOnly: false,
    apply: (doc, placeholders) => modifyPath(doc, parts, () => undefined, false, placeholders),
  };
  const give: Step = {
    path: operand,
    parts: target,
    onInsertOnly: false,
    apply: (doc, placeholders) => {
      const value = carried;
      return value === undefined ? doc : modifyPath(doc, target, () => value, true, placeholders);
    },
  };
  const whole: Step = {
    ...take,
    apply: (doc, placeholders) => {
      refuseArray(doc, parts, 'source');
      carried = valueAtPath(doc, parts);
      if (carried === undefined) return doc;
      refuseArray(doc, target, 'destination');
      return give.apply(take.apply(doc, placeholders), placeholders);
    },
  };
  // The target takes part in the check for conflicts and in the order, and does nothing by itself.
  return [whole, { ...give, apply: (doc) => doc }];
}

const isBelow = (path: string, above: string): boolean => path.startsWith(`${above}.`);

/** `$rename` moves fields of documents, no elements. */
function refuseArray(doc: Doc, parts: readonly string[], end: 'source' | 'destination'): void {
  let value: MaybeValue = doc;
  for (const [i, part] of parts.entries()) {
    if (isArray(value)) {
      throw fail(
        'BadValue',
        `The ${end} field cannot be an array element, '${parts.join('.')}' in doc with _id: ${shell(doc.get('_id') ?? null)} has an array field called '${parts[i - 1] ?? ''}'`,
      );
    }
    value = value instanceof Doc ? value.get(part) : undefined;
  }
}

function refuseConflicts(steps: readonly Step[]): void {
  const paths = steps.map((step) => step.path).sort(compareStrings);
  for (const path of paths) {
    const parts = path.split('.');
    for (let length = 1; length <= parts.length; length++) {
      const prefix = parts.slice(0, length).join('.');
      const holders = paths.filter((other) => other === prefix).length;
      if (length < parts.length ? holders > 0 : holders > 1) {
        throw fail(
          'ConflictingUpdateOperators',
          `Updating the path '${path}' would create a conflict at '${prefix}'`,
        );
      }
    }
  }
}

function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i] as string, b[i] as string];
    if (x === y) continue;
    return isOffset(x) && isOffset(y) ? Number(x) - Number(y) : compareStrings(x, y);
  }
  return a.length - b.length;
}
