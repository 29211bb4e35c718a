import { compare } from '../bson/compare.js';
import { Doc } from '../bson/doc.js';
import { isArray, isNumeric, nameOfValue } from '../bson/types.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { failAt } from '../errors.js';
import { truthy } from '../query/parse-operator.js';
import {
  binary,
  isNullish,
  list,
  namedArguments,
  unary,
  withArguments,
  type Operator,
  type Operators,
} from './operator.js';
import { checkVariableName, type Evaluate } from './scope.js';
import { sizeOfValue } from './sized.js';

const comparison = (accepts: (order: number) => boolean): Operator =>
  binary((a, b, execution) => {
    if (typeof a === 'object' && typeof b === 'object')
      execution.spend(Math.min(sizeOfValue(a), sizeOfValue(b)) >> 4);
    return accepts(compare(a, b));
  });

const and: Operator = (operand, { compile }) => {
  const args = list(operand).map((item) => compile(item));
  return (frame) => args.every((argument) => truthy(argument(frame)));
};

const or: Operator = (operand, { compile }) => {
  const args = list(operand).map((item) => compile(item));
  return (frame) => args.some((argument) => truthy(argument(frame)));
};

const cond: Operator = (operand, { compile }) => {
  let parts: readonly (Value | undefined)[];
  if (isArray(operand)) {
    if (operand.length !== 3)
      throw failAt(16020, `Expression $cond takes exactly 3 arguments. ${operand.length} were passed in.`);
    parts = operand;
  } else {
    const doc = namedArguments(operand, ['if', 'then', 'else'], ['if', 'then', 'else'], '$cond');
    parts = [doc.get('if'), doc.get('then'), doc.get('else')];
  }
  const [condition, then, otherwise] = parts.map((part) => compile(part as Value)) as [
    Evaluate,
    Evaluate,
    Evaluate,
  ];
  return (frame) => (truthy(condition(frame)) ? then(frame) : otherwise(frame));
};

const ifNull: Operator = (operand, { compile }) => {
  const args = list(operand).map((item) => compile(item));
  if (args.length < 2) throw failAt(1257300, `$ifNull needs at least two arguments, had: ${args.length}`);
  const last = args[args.length - 1] as Evaluate;
  return (frame) => {
    for (const argument of args.slice(0, -1)) {
      const value = argument(frame);
      if (!isNullish(value)) return value;
    }
    return last(frame);
  };
};

const switchOperator: Operator = (operand, { compile }) => {
  const doc = namedArguments(operand, ['branches', 'default'], ['branches'], '$switch');
  const branches = doc.get('branches');
  if (!isArray(branches))
    throw failAt(40061, `$switch expected an array for 'branches', found: ${nameOfValue(branches)}`);
  if (branches.length === 0) throw failAt(40068, '$switch requires at least one branch.');
  const cases = branches.map((branch) => {
    const parts = namedArguments(branch, ['case', 'then'], ['case', 'then'], '$switch branch');
    return { when: compile(parts.get('case') as Value), then: compile(parts.get('then') as Value) };
  });
  const otherwise = doc.get('default');
  const last = otherwise === undefined ? undefined : compile(otherwise);
  return (frame) => {
    const chosen = cases.find(({ when }) => truthy(when(frame)));
    if (chosen) return chosen.then(frame);
    if (last) return last(frame);
    throw failAt(
      40066,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
};

const letOperator: Operator = (operand, { scope, compile }) => {
  const doc = namedArguments(operand, ['vars', 'in'], ['vars', 'in'], '$let');
  const vars = doc.get('vars');
  if (!(vars instanceof Doc)) throw failAt(16876, '$let only supports an object as its vars');
  vars.keys.forEach(checkVariableName);
  const values = vars.values.map((value) => compile(value));
  const inner = scope.with(vars.keys);
  const body = compile(doc.get('in') as Value, inner.scope);
  return (frame) => {
    const evaluated = values.map((value) => value(frame));
    for (const [i, slot] of inner.slots.entries()) frame.slots[slot] = evaluated[i];
    return body(frame);
  };
};

export const logicOperators: Operators = {
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $cmp: binary((a, b) => Math.sign(compare(a, b))),
  $and: and,
  $or: or,
  $not: unary((value: MaybeValue) => !truthy(value)),
  $cond: cond,
  $ifNull: ifNull,
  $switch: switchOperator,
  $let: letOperator,
  $literal: (operand) => () => operand,
  $type: unary(nameOfValue),
  $isNumber: unary((value) => isNumeric(value)),
  $isArray: unary((value) => isArray(value)),
  $rand: (operand, context) =>
    withArguments(0, 0, () => Math.random())(
      operand instanceof Doc && operand.size === 0 ? [] : operand,
      context,
    ),
};
