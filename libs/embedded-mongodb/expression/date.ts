import { Doc } from '../bson/doc.js';
import { nameOfValue } from '../bson/types.js';
import { DateTime, ObjectIdValue, Timestamp, type MaybeValue } from '../bson/values.js';
import { failAt } from '../errors.js';
import { partsOf, utc, type DateParts } from './date-parts.js';
import { formatDate, parseDate } from './date-text.js';
import { addUnits, checkUnit, isCalendarUnit, truncated, unitsBetween, weekdayOf } from './date-units.js';
import {
  integerOf,
  isNullish,
  textOf,
  withNames,
  type Operator,
  type OperatorContext,
  type Operators,
} from './operator.js';
import type { Evaluate, Frame } from './scope.js';
import { fromWall, offsetAt } from './time-zone.js';

function msOf(value: MaybeValue, operator: string): number {
  if (value instanceof DateTime) return value.ms;
  if (value instanceof ObjectIdValue) return value.milliseconds;
  if (value instanceof Timestamp) return Number(value.value >> 32n) * 1000;
  throw failAt(16006, `can't convert from BSON type ${nameOfValue(value)} to Date in ${operator}`);
}

type Arguments = Readonly<Record<string, Evaluate | undefined>>;

/** undefined: UTC; null: the expression's result is null. */
function zoneOf(args: Arguments, frame: Frame, operator: string): string | undefined | null {
  if (!args['timezone']) return undefined;
  const zone = args['timezone'](frame);
  return isNullish(zone) ? null : textOf(zone, operator, 40517);
}

/** `$year` and its kin: of a date, or of `{date, timezone}`. */
const part = (read: (parts: DateParts) => number, long = false): Operator => {
  const named = withNames(['date', 'timezone'], ['date'], (args, { name }) => (frame) => {
    const date = args['date']?.(frame);
    const zone = zoneOf(args, frame, name);
    if (isNullish(date) || zone === null) return null;
    const ms = msOf(date, name);
    const value = read(partsOf(ms + offsetAt(zone, ms)));
    return long ? BigInt(value) : value;
  });
  return (operand, context) => {
    if (operand instanceof Doc && operand.has('date')) return named(operand, context);
    const single = Array.isArray(operand) && operand.length === 1 ? (operand[0] as MaybeValue) : operand;
    return named(Doc.of({ date: single }), context);
  };
};

const dateToString: Operator = withNames(
  ['date', 'format', 'timezone', 'onNull'],
  ['date'],
  (args, { name }) =>
    (frame) => {
      const date = args['date']?.(frame);
      const zone = zoneOf(args, frame, name);
      const format = args['format']?.(frame);
      if (isNullish(date)) return args['onNull'] ? args['onNull'](frame) : null;
      if (zone === null || (args['format'] && isNullish(format))) return null;
      const ms = msOf(date, name);
      const text = format === undefined ? undefined : textOf(format, name, 18533);
      const offset = offsetAt(zone, ms);
      return formatDate(
        text ?? (zone === undefined ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L%z'),
        ms,
        offset,
      );
    },
);

const dateFromString: Operator = withNames(
  ['dateString', 'format', 'timezone', 'onError', 'onNull'],
  ['dateString'],
  (args, { name }) =>
    (frame) => {
      const text = args['dateString']?.(frame);
      const zone = zoneOf(args, frame, name);
      if (isNullish(text)) return args['onNull'] ? args['onNull'](frame) : null;
      if (zone === null) return null;
      const format = args['format']?.(frame);
      const parsed =
        typeof text === 'string'
          ? parseDate(text, typeof format === 'string' ? format : undefined)
          : undefined;
      if (!parsed) {
        if (args['onError']) return args['onError'](frame);
        throw failAt(
          241,
          `an incomplete or unknown date/time string has been found: ${typeof text === 'string' ? text : nameOfValue(text)}`,
        );
      }
      return new DateTime(fromWall(parsed.zone ?? zone, parsed.wall));
    },
);

const fromParts = ['year', 'month', 'day', 'hour', 'minute', 'second', 'millisecond'];
const fromIsoParts = ['isoWeekYear', 'isoWeek', 'isoDayOfWeek', 'hour', 'minute', 'second', 'millisecond'];

const dateFromParts: Operator = (operand, context) => {
  const iso = operand instanceof Doc && operand.has('isoWeekYear');
  const names = iso ? fromIsoParts : fromParts;
  return withNames([...names, 'timezone'], [names[0] as string], (args, { name }) => (frame) => {
    const zone = zoneOf(args, frame, name);
    if (zone === null) return null;
    const numbers: number[] = [];
    for (const [i, field] of names.entries()) {
      const value = args[field]?.(frame);
      if (args[field] && isNullish(value)) return null;
      numbers.push(value === undefined ? (i === 1 || i === 2 ? 1 : 0) : integerOf(value, name));
    }
    const [a, b, c, hour, minute, second, ms] = numbers as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    if (!iso) return new DateTime(fromWall(zone, utc(a, b, c, hour, minute, second, ms)));
    // 4 January is always in the first week.
    const fourth = utc(a, 1, 4, hour, minute, second, ms);
    const days = (b - 1) * 7 + (c - partsOf(fourth).isoDayOfWeek);
    return new DateTime(fromWall(zone, fourth + days * 86_400_000));
  })(operand, context);
};

const dateToParts: Operator = withNames(
  ['date', 'timezone', 'iso8601'],
  ['date'],
  (args, { name }) =>
    (frame) => {
      const date = args['date']?.(frame);
      const zone = zoneOf(args, frame, name);
      if (isNullish(date) || zone === null) return null;
      const ms = msOf(date, name);
      const { year, month, day, hour, minute, second, millisecond, isoWeekYear, isoWeek, isoDayOfWeek } =
        partsOf(ms + offsetAt(zone, ms));
      const time = { hour, minute, second, millisecond };
      return args['iso8601']?.(frame) === true
        ? Doc.of({ isoWeekYear, isoWeek, isoDayOfWeek, ...time })
        : Doc.of({ year, month, day, ...time });
    },
);

/** `$dateAdd` and `$dateSubtract`. */
const shift = (sign: 1 | -1): Operator =>
  withNames(
    ['startDate', 'unit', 'amount', 'timezone'],
    ['startDate', 'unit', 'amount'],
    (args, { name }) =>
      (frame) => {
        const start = args['startDate']?.(frame);
        const unit = args['unit']?.(frame);
        const amount = args['amount']?.(frame);
        const zone = zoneOf(args, frame, name);
        if (isNullish(start) || isNullish(unit) || isNullish(amount) || zone === null) return null;
        const ms = msOf(start, name);
        const by = sign * integerOf(amount, name);
        const known = checkUnit(unit);
        if (!isCalendarUnit(known)) return dateWithin(addUnits(ms, known, by));
        return dateWithin(fromWall(zone, addUnits(ms + offsetAt(zone, ms), known, by)));
      },
  );

function dateWithin(ms: number): DateTime {
  if (!Number.isSafeInteger(ms) || Math.abs(ms) > 8.64e15)
    throw failAt(5166406, 'the resulting date is out of range');
  return new DateTime(ms);
}

const dateDiff: Operator = withNames(
  ['startDate', 'endDate', 'unit', 'timezone', 'startOfWeek'],
  ['startDate', 'endDate', 'unit'],
  (args, { name }) =>
    (frame) => {
      const [start, end, unit] = [args['startDate'], args['endDate'], args['unit']].map((argument) =>
        argument?.(frame),
      );
      const zone = zoneOf(args, frame, name);
      const first = args['startOfWeek']?.(frame);
      if (isNullish(start) || isNullish(end) || isNullish(unit) || zone === null) return null;
      const [from, to] = [msOf(start, name), msOf(end, name)];
      const difference = unitsBetween(
        from + offsetAt(zone, from),
        to + offsetAt(zone, to),
        checkUnit(unit),
        first === undefined ? 0 : weekdayOf(first),
      );
      return BigInt(difference);
    },
);

const dateTrunc: Operator = withNames(
  ['date', 'unit', 'binSize', 'timezone', 'startOfWeek'],
  ['date', 'unit'],
  (args, { name }: OperatorContext) =>
    (frame) => {
      const date = args['date']?.(frame);
      const unit = args['unit']?.(frame);
      const bin = args['binSize']?.(frame);
      const zone = zoneOf(args, frame, name);
      const first = args['startOfWeek']?.(frame);
      if (isNullish(date) || isNullish(unit) || zone === null || bin === null) return null;
      const size = bin === undefined ? 1 : integerOf(bin, name);
      if (size < 1)
        throw failAt(5439018, `$dateTrunc requires 'binSize' to be greater than 0, but got value ${size}`);
      const ms = msOf(date, name);
      const wall = truncated(
        ms + offsetAt(zone, ms),
        checkUnit(unit),
        size,
        first === undefined ? 0 : weekdayOf(first),
      );
      return new DateTime(fromWall(zone, wall));
    },
);

export const dateOperators: Operators = {
  $year: part((p) => p.year),
  $month: part((p) => p.month),
  $dayOfMonth: part((p) => p.day),
  $hour: part((p) => p.hour),
  $minute: part((p) => p.minute),
  $second: part((p) => p.second),
  $millisecond: part((p) => p.millisecond),
  $dayOfYear: part((p) => p.dayOfYear),
  $dayOfWeek: part((p) => p.dayOfWeek),
  $week: part((p) => p.week),
  $isoDayOfWeek: part((p) => p.isoDayOfWeek),
  $isoWeek: part((p) => p.isoWeek),
  $isoWeekYear: part((p) => p.isoWeekYear, true),
  $dateToString: dateToString,
  $dateFromString: dateFromString,
  $dateFromParts: dateFromParts,
  $dateToParts: dateToParts,
  $dateAdd: shift(1),
  $dateSubtract: shift(-1),
  $dateDiff: dateDiff,
  $dateTrunc: dateTrunc,
};
