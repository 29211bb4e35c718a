import { Doc } from '../bson/doc.js';
import { isArray, nameOfValue } from '../bson/types.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { fail, failAt } from '../errors.js';
import type { Execution } from '../query/execution.js';
import {
  arrayOf,
  isNullish,
  namedArguments,
  unary,
  withArguments,
  type Operator,
  type Operators,
} from './operator.js';
import { joinedFields, joinedItems } from './sized.js';

/** The later document wins, each field where it stood first. */
export function mergeDocs(docs: readonly Doc[], execution: Execution): Doc {
  const fields = new Map<string, Value>();
  for (const doc of docs) for (const [name, value] of doc.entries()) fields.set(name, value);
  return joinedFields([...fields.keys()], [...fields.values()], execution);
}

const mergeObjects: Operator = withArguments(0, Infinity, (args, execution) => {
  // One argument may be an array of documents, as when it comes from a field.
  const items = args.length === 1 && isArray(args[0]) ? args[0] : args;
  const docs = items
    .filter((item) => !isNullish(item))
    .map((item) => {
      if (item instanceof Doc) return item;
      throw failAt(40400, `$mergeObjects requires object inputs, but input is of type ${nameOfValue(item)}`);
    });
  return mergeDocs(docs, execution);
});

const objectToArray: Operator = unary((value, execution) => {
  if (isNullish(value)) return null;
  if (!(value instanceof Doc))
    throw failAt(40390, `$objectToArray requires a document input, found: ${nameOfValue(value)}`);
  return joinedItems(
    [...value.entries()].map(([k, v]) => Doc.of({ k, v })),
    execution,
  );
});

const arrayToObject: Operator = unary((value, execution, name) => {
  if (isNullish(value)) return null;
  const fields = new Map<string, Value>();
  for (const item of arrayOf(value, name, 40386)) {
    const [key, field] = pairOf(item);
    if (key.includes('\0')) throw failAt(4940400, 'Key field cannot contain an embedded null byte');
    fields.set(key, field);
  }
  return joinedFields([...fields.keys()], [...fields.values()], execution);
});

function pairOf(item: Value): [string, Value] {
  if (isArray(item) && item.length === 2 && typeof item[0] === 'string') return [item[0], item[1] as Value];
  if (item instanceof Doc && item.size === 2) {
    const [key, value] = [item.get('k'), item.get('v')];
    if (typeof key === 'string' && value !== undefined) return [key, value];
  }
  throw failAt(40398, `$arrayToObject requires pairs [key, value] or documents {k, v} with a text as key`);
}

const constantName = (value: MaybeValue, operator: string): string => {
  if (typeof value === 'string') return value;
  throw failAt(
    5654602,
    `${operator} requires 'field' to evaluate to type String, but got ${nameOfValue(value)}`,
  );
};

const getField: Operator = (operand, { compile, scope, name }) => {
  const short = !(operand instanceof Doc && operand.has('field'));
  const doc = short
    ? Doc.of({ field: operand })
    : namedArguments(operand, ['field', 'input'], ['field', 'input'], name);
  const field = compile(doc.get('field') as Value);
  const given = doc.get('input');
  const input = given === undefined ? undefined : compile(given);
  return (frame) => {
    const key = constantName(field(frame), name);
    scope.execution.spend(1);
    const value = input ? input(frame) : frame.root;
    return value instanceof Doc ? value.get(key) : isNullish(value) && value !== undefined ? null : undefined;
  };
};

const setField: Operator = (operand, { compile, scope, name }) => {
  const names = name === '$setField' ? ['field', 'input', 'value'] : ['field', 'input'];
  const doc = namedArguments(operand, names, names, name);
  const field = compile(doc.get('field') as Value);
  const input = compile(doc.get('input') as Value);
  const value = name === '$setField' ? compile(doc.get('value') as Value) : () => undefined;
  return (frame) => {
    const key = constantName(field(frame), name);
    const target = input(frame);
    if (isNullish(target)) return null;
    if (!(target instanceof Doc))
      throw failAt(4161105, `${name} requires 'input' to evaluate to type Object`);
    const changed = target.with(key, value(frame));
    return joinedFields(changed.keys, changed.values, scope.execution);
  };
};

export const objectOperators: Operators = {
  $mergeObjects: mergeObjects,
  $objectToArray: objectToArray,
  $arrayToObject: arrayToObject,
  $getField: getField,
  $setField: setField,
  $unsetField: setField,
  $meta: () => {
    throw fail('NotImplemented', '$meta is not supported by this server');
  },
};
