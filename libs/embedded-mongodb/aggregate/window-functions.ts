import { Doc } from '../bson/doc.js';
import { kindOf, toNumber, widening } from '../bson/numbers.js';
import { isArray, isNumeric } from '../bson/types.js';
import { compare } from '../bson/compare.js';
import { DateTime, type MaybeValue, type Value } from '../bson/values.js';
import { fail, failAt } from '../errors.js';
import { addUnits, checkUnit } from '../expression/date-units.js';
import { documentExpression } from '../expression/filter-expression.js';
import { integerOf, namedArguments } from '../expression/operator.js';
import { Scope, type Frame } from '../expression/scope.js';
import type { SortField } from '../plan/plan.js';
import { pause } from '../query/execution.js';
import { parseAccumulator } from './parse-accumulator.js';
import type { PipelineContext } from './pipeline.js';

export interface Member {
  readonly doc: Doc;
  /** Members of one partition with the same key are peers. */
  readonly order: string;
}

/** Gives a value for each member of a partition, in order. */
export type WindowFunction = (
  members: readonly Member[],
) => Generator<{ value: MaybeValue } | typeof pause, void>;

type Edge = 'unbounded' | 'current' | number;

interface Window {
  readonly kind: 'documents' | 'range';
  readonly lower: Edge;
  readonly upper: Edge;
  readonly unit: string | undefined;
}

export function parseWindowFunction(
  path: string,
  spec: Value,
  order: readonly SortField[],
  context: PipelineContext,
): WindowFunction {
  if (!(spec instanceof Doc)) throw failAt(5397900, `The output field '${path}' must be an object`);
  const names = spec.keys.filter((key) => key !== 'window');
  const [operator] = names;
  if (names.length !== 1 || operator === undefined)
    throw fail('FailedToParse', `The output field '${path}' needs exactly one function`);
  const operand = spec.get(operator) as Value;
  const window = spec.get('window');
  switch (operator) {
    case '$documentNumber':
    case '$rank':
    case '$denseRank':
      if (window !== undefined) throw failAt(5371601, `Rank style window functions take no other arguments`);
      if (order.length === 0) throw failAt(5371602, `${operator} must be specified with a sortBy`);
      return ranking(operator);
    case '$shift':
      if (order.length === 0) throw failAt(5371602, `$shift must be specified with a sortBy`);
      return shift(operand, context);
    case '$locf':
      return carriedForward(operand, context);
    case '$derivative':
    case '$integral':
    case '$expMovingAvg':
    case '$linearFill':
    case '$covariancePop':
    case '$covarianceSamp':
    case '$minMaxScaler':
      throw fail('NotImplemented', `${operator} is not supported by this server`);
    default:
      return accumulation(path, Doc.of({ [operator]: operand }), parseWindow(window, order), order, context);
  }
}

function* rankSteps(operator: string, members: readonly Member[]): ReturnType<WindowFunction> {
  let [rank, dense] = [0, 0];
  for (const [i, { order }] of members.entries()) {
    if (i === 0 || order !== members[i - 1]?.order) {
      rank = i + 1;
      dense++;
    }
    yield { value: operator === '$rank' ? rank : operator === '$denseRank' ? dense : i + 1 };
  }
}

const ranking =
  (operator: string): WindowFunction =>
  (members) =>
    rankSteps(operator, members);

function shift(operand: Value, context: PipelineContext): WindowFunction {
  const args = namedArguments(operand, ['output', 'by', 'default'], ['output', 'by'], '$shift');
  const by = integerOf(args.get('by'), '$shift');
  const output = documentExpression(args.get('output') as Value, context.execution, context.variables);
  const otherwise = args.get('default') ?? null;
  return function* (members) {
    for (let i = 0; i < members.length; i++) {
      const other = members[i + by];
      yield { value: other ? (output(other.doc) ?? null) : otherwise };
    }
  };
}

function carriedForward(operand: Value, context: PipelineContext): WindowFunction {
  const value = documentExpression(operand, context.execution, context.variables);
  return function* (members) {
    let last: Value = null;
    for (const { doc } of members) {
      last = value(doc) ?? last;
      yield { value: last };
    }
  };
}

const whole: Window = { kind: 'documents', lower: 'unbounded', upper: 'unbounded', unit: undefined };

const offsetOf = (edge: 'current' | number): number => (edge === 'current' ? 0 : edge);

function parseWindow(spec: MaybeValue, order: readonly SortField[]): Window {
  if (spec === undefined) return whole;
  const args = namedArguments(spec, ['documents', 'range', 'unit'], [], 'window');
  const [documents, range, unit] = [args.get('documents'), args.get('range'), args.get('unit')];
  if (documents !== undefined && range !== undefined)
    throw fail('FailedToParse', `Window bounds can specify either 'documents' or 'range', not both`);
  if (unit !== undefined && range === undefined)
    throw fail('FailedToParse', `Window bounds can only specify 'unit' with range-based bounds`);
  const bounds = documents ?? range;
  if (bounds === undefined) return whole;
  if (!isArray(bounds) || bounds.length !== 2)
    throw fail('FailedToParse', 'Window bounds must be an array of two values');
  const [lower, upper] = bounds.map((bound): Edge => {
    if (bound === 'unbounded' || bound === 'current') return bound;
    const number = isNumeric(bound) ? toNumber(bound) : NaN;
    if (Number.isNaN(number) || (documents !== undefined && !Number.isInteger(number)))
      throw fail('FailedToParse', `'unbounded', 'current' or a number was expected as a window's bound`);
    return number;
  }) as [Edge, Edge];
  if (lower !== 'unbounded' && upper !== 'unbounded' && offsetOf(lower) > offsetOf(upper))
    throw failAt(5339900, `Lower bound must not exceed upper bound: [${lower}, ${upper}]`);
  if (range !== undefined && (order.length !== 1 || order[0]?.descending)) {
    throw failAt(5339902, 'Range-based bounds require sortBy a single field, ascending');
  }
  if (documents !== undefined && order.length === 0 && (lower !== 'unbounded' || upper !== 'unbounded')) {
    throw failAt(5339901, 'Document-based bounds require a sortBy');
  }
  return {
    kind: documents === undefined ? 'range' : 'documents',
    lower,
    upper,
    unit: unit === undefined ? undefined : checkUnit(unit),
  };
}

function accumulation(
  path: string,
  spec: Doc,
  window: Window,
  order: readonly SortField[],
  context: PipelineContext,
): WindowFunction {
  const { execution } = context;
  const field = parseAccumulator(path, spec, Scope.outermost(execution, context.variables));
  return function* (members) {
    const frame: Frame = { root: Doc.empty, slots: [] };
    const values = (from: number, to: number, into = field.make()) => {
      for (let i = from; i < to; i++) {
        frame.root = (members[i] as Member).doc;
        into.add(field.value(frame));
      }
      return into;
    };
    let running = field.make();
    let [start, end] = [0, 0];
    let result: MaybeValue;
    for (let i = 0; i < members.length; i++) {
      const [from, to] =
        window.kind === 'documents'
          ? documentBounds(window, i, members.length)
          : rangeBounds(window, i, members, order);
      if (i === 0 || from !== start || to < end) {
        running = field.make();
        [start, end] = [from, from];
      }
      // A window that only grows is continued; any other is gone through anew, with pauses.
      if (i === 0 || to !== end || start === end) {
        for (let at = end; at < to; at += 500) {
          values(at, Math.min(to, at + 500), running);
          if (execution.pauseDue) yield pause;
        }
        end = Math.max(to, from);
        result = copied(running.result());
      }
      yield { value: result };
      if (execution.pauseDue) yield pause;
    }
  };
}

/** An accumulator goes on adding to the array that it gave. */
const copied = (value: MaybeValue): MaybeValue => (isArray(value) ? [...value] : value);

function documentBounds({ lower, upper }: Window, at: number, length: number): [number, number] {
  const edge = (bound: Edge, unbounded: number) =>
    bound === 'unbounded' ? unbounded : bound === 'current' ? at : at + bound;
  const from = Math.max(0, edge(lower, 0));
  return [
    Math.min(from, length),
    Math.max(Math.min(from, length), Math.min(length, edge(upper, length - 1) + 1)),
  ];
}

function rangeBounds(
  window: Window,
  at: number,
  members: readonly Member[],
  order: readonly SortField[],
): [number, number] {
  const [field] = order;
  const valueOf = (member: Member): MaybeValue => field && documentValue(member.doc, field.parts);
  const current = valueOf(members[at] as Member);
  const edge = (bound: Edge): MaybeValue =>
    bound === 'unbounded' ? undefined : bound === 'current' ? current : moved(current, bound, window.unit);
  const [low, high] = [edge(window.lower), edge(window.upper)];
  let [from, to] = [at, at + 1];
  const reaches = (i: number, inside: (order: number) => boolean, limit: MaybeValue) =>
    i >= 0 &&
    i < members.length &&
    (limit === undefined || inside(compare(valueOf(members[i] as Member), limit)));
  if (low !== undefined && compare(current, low) < 0) from = search(members, valueOf, low, false);
  else while (reaches(from - 1, (sign) => sign >= 0, low)) from--;
  if (high !== undefined && compare(current, high) > 0) to = search(members, valueOf, high, true);
  else while (reaches(to, (sign) => sign <= 0, high)) to++;
  return [from, Math.max(from, to)];
}

/** The first member not below the limit, or the first one above it. */
function search(
  members: readonly Member[],
  valueOf: (member: Member) => MaybeValue,
  limit: MaybeValue,
  above: boolean,
): number {
  const found = members.findIndex((member) => {
    const sign = compare(valueOf(member), limit);
    return above ? sign > 0 : sign >= 0;
  });
  return found < 0 ? members.length : found;
}

function documentValue(doc: Doc, parts: readonly string[]): MaybeValue {
  let value: MaybeValue = doc;
  for (const part of parts) value = value instanceof Doc ? value.get(part) : undefined;
  return value;
}

function moved(value: MaybeValue, by: number, unit: string | undefined): MaybeValue {
  if (unit !== undefined) {
    if (value instanceof DateTime) return new DateTime(addUnits(value.ms, unit, by));
    throw failAt(5429513, 'Expected the sortBy field to be a Date');
  }
  if (!isNumeric(value)) throw failAt(5429414, 'Expected the sortBy field to be a number');
  return widening('add', value, kindOf(value) === 'int' || Number.isInteger(by) ? by : by);
}
