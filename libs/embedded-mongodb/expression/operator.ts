import { Doc } from '../bson/doc.js';
import { isArray, isNumeric, nameOfValue } from '../bson/types.js';
import { toNumber } from '../bson/numbers.js';
import { Undefined, type MaybeValue, type Value } from '../bson/values.js';
import { failAt, fail } from '../errors.js';
import type { Execution } from '../query/execution.js';
import type { Evaluate, Scope } from './scope.js';

export interface OperatorContext {
  readonly name: string;
  readonly scope: Scope;
  readonly compile: (expression: Value, scope?: Scope) => Evaluate;
}

/** Makes an operator's evaluation of its operand. */
export type Operator = (operand: Value, context: OperatorContext) => Evaluate;
export type Operators = Readonly<Record<string, Operator>>;

export const isNullish = (value: MaybeValue): value is null | undefined | Undefined =>
  value === undefined || value === null || value instanceof Undefined;

export const list = (operand: Value): readonly Value[] => (isArray(operand) ? operand : [operand]);

/** An operator of a fixed number of arguments, evaluated before it is called. */
export function withArguments(
  least: number,
  most: number,
  apply: (args: readonly MaybeValue[], execution: Execution, name: string) => MaybeValue,
): Operator {
  return (operand, { name, scope, compile }) => {
    const given = list(operand);
    if (given.length < least || given.length > most) {
      const wanted =
        least === most ? `${least}` : `${least} to ${most === Infinity ? 'any number of' : most}`;
      throw failAt(
        16020,
        `Expression ${name} takes exactly ${wanted} arguments. ${given.length} were passed in.`,
      );
    }
    const args = given.map((item) => compile(item));
    const { execution } = scope;
    if (args.length === 1) {
      const only = args[0] as Evaluate;
      return (frame) => apply([only(frame)], execution, name);
    }
    return (frame) =>
      apply(
        args.map((argument) => argument(frame)),
        execution,
        name,
      );
  };
}

export const unary = (
  apply: (value: MaybeValue, execution: Execution, name: string) => MaybeValue,
): Operator => withArguments(1, 1, ([value], execution, name) => apply(value, execution, name));

export const binary = (
  apply: (a: MaybeValue, b: MaybeValue, execution: Execution, name: string) => MaybeValue,
): Operator => withArguments(2, 2, ([a, b], execution, name) => apply(a, b, execution, name));

/** An operator of named arguments, each compiled; unknown names are refused. */
export function withNames(
  names: readonly string[],
  required: readonly string[],
  make: (
    args: Readonly<Record<string, Evaluate | undefined>>,
    context: OperatorContext,
    raw: Doc,
  ) => Evaluate,
): Operator {
  return (operand, context) => {
    const doc = namedArguments(operand, names, required, context.name);
    const args: Record<string, Evaluate> = {};
    for (const [name, value] of doc.entries()) args[name] = context.compile(value);
    return make(args, context, doc);
  };
}

export function namedArguments(
  operand: Value,
  names: readonly string[],
  required: readonly string[],
  operator: string,
): Doc {
  if (!(operand instanceof Doc)) {
    throw fail(
      'FailedToParse',
      `${operator} requires an object as an argument, found: ${nameOfValue(operand)}`,
    );
  }
  const odd = operand.keys.find((key) => !names.includes(key));
  if (odd !== undefined) throw fail('FailedToParse', `${operator} found an unknown argument: ${odd}`);
  const absent = required.find((key) => !operand.has(key));
  if (absent !== undefined) throw fail('FailedToParse', `Missing '${absent}' parameter to ${operator}`);
  return operand;
}

export function numberOf(value: MaybeValue, operator: string): number {
  if (isNumeric(value)) return toNumber(value);
  throw failAt(28765, `${operator} only supports numeric types, not ${nameOfValue(value)}`);
}

export function integerOf(value: MaybeValue, operator: string): number {
  const number = isNumeric(value) ? toNumber(value) : NaN;
  if (Number.isInteger(number) && Math.abs(number) <= 2 ** 31) return number;
  throw failAt(
    40096,
    `${operator} requires an integral argument, found a value of type: ${nameOfValue(value)}`,
  );
}

export function textOf(value: MaybeValue, operator: string, code = 51105): string {
  if (typeof value === 'string') return value;
  throw failAt(code, `${operator} requires a string, found: ${nameOfValue(value)}`);
}

export function arrayOf(value: MaybeValue, operator: string, code = 2): readonly Value[] {
  if (isArray(value)) return value;
  throw failAt(code, `The argument to ${operator} must be an array, but was of type: ${nameOfValue(value)}`);
}
