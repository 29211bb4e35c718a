import { compare, type Numeric } from '../bson/compare.js';
import { Decimal, pow10 } from '../bson/decimal.js';
import { divide, kindOf, modulo, toNumber, widening } from '../bson/numbers.js';
import { isNumeric, nameOfValue } from '../bson/types.js';
import { DateTime, double, fitsLong, isInt32, type MaybeValue, type Value } from '../bson/values.js';
import { fail, failAt } from '../errors.js';
import {
  binary,
  integerOf,
  isNullish,
  unary,
  withArguments,
  type Operator,
  type Operators,
} from './operator.js';

const any = Infinity;

function dateMath(date: DateTime, amount: Numeric, sign: 1 | -1): DateTime {
  return new DateTime(date.ms + sign * Math.round(toNumber(amount)));
}

const add: Operator = withArguments(0, any, (args, execution, name) => {
  let sum: Value = 0;
  let date: DateTime | undefined;
  execution.spend(args.length >> 2);
  for (const value of args) {
    if (isNullish(value)) return null;
    if (value instanceof DateTime) {
      if (date) throw failAt(16612, 'only one date allowed in an $add expression');
      date = value;
    } else if (isNumeric(value)) sum = widening('add', sum as Numeric, value);
    else throw fail('TypeMismatch', `${name} only supports numeric or date types, not ${nameOfValue(value)}`);
  }
  return date ? dateMath(date, sum as Numeric, 1) : sum;
});

const subtract: Operator = binary((a, b) => {
  if (isNullish(a) || isNullish(b)) return null;
  if (a instanceof DateTime) {
    if (b instanceof DateTime) return BigInt(a.ms - b.ms);
    if (isNumeric(b)) return dateMath(a, b, -1);
  } else if (isNumeric(a) && isNumeric(b)) return widening('subtract', a, b);
  throw fail('TypeMismatch', `can't $subtract ${nameOfValue(b)} from ${nameOfValue(a)}`);
});

const multiply: Operator = withArguments(0, any, (args) => {
  let product: Value = 1;
  for (const value of args) {
    if (isNullish(value)) return null;
    if (!isNumeric(value))
      throw fail('TypeMismatch', `$multiply only supports numeric types, not ${nameOfValue(value)}`);
    product = widening('multiply', product as Numeric, value);
  }
  return product;
});

const ofNumbers = (code: number, words: string, apply: (a: Numeric, b: Numeric) => Value): Operator =>
  binary((a, b) => {
    if (isNullish(a) || isNullish(b)) return null;
    if (isNumeric(a) && isNumeric(b)) return apply(a, b);
    throw failAt(code, `${words} only supports numeric types, not ${nameOfValue(a)} and ${nameOfValue(b)}`);
  });

const isZero = (value: Numeric): boolean => compare(value, 0) === 0;

/** Functions of one number that compute in doubles; a decimal would lose half its digits, so it is refused. */
const inDoubles = (compute: (x: number) => number, inDomain: (x: number) => boolean = () => true): Operator =>
  unary((value, _, name) => {
    if (isNullish(value)) return null;
    if (!isNumeric(value))
      throw failAt(28765, `${name} only supports numeric types, not ${nameOfValue(value)}`);
    if (value instanceof Decimal)
      throw fail('NotImplemented', `${name} of a decimal is not supported by this server`);
    const x = toNumber(value);
    if (!Number.isNaN(x) && !inDomain(x))
      throw failAt(28714, `${name}'s argument is out of its domain: ${x}`);
    return double(compute(x));
  });

function absolute(value: Numeric): Value {
  if (value instanceof Decimal) return value.negative ? Decimal.of(-value.signed, value.exponent) : value;
  if (typeof value === 'bigint') {
    if (value === -(2n ** 63n)) throw failAt(28680, "can't take $abs of long long min");
    return value < 0n ? -value : value;
  }
  const size = Math.abs(toNumber(value));
  if (kindOf(value) === 'double') return double(size);
  return isInt32(size) ? size : BigInt(size);
}

type Rounding = 'ceil' | 'floor' | 'trunc' | 'round';

/** To a number of places after the point; negative places are before it. */
function rounded(value: Numeric, places: number, mode: Rounding): Value {
  if (value instanceof Decimal) {
    if (!value.isFinite || value.exponent >= -places) return value;
    return Decimal.of(roundQuotient(value.signed, pow10(-places - value.exponent), mode), -places);
  }
  if (kindOf(value) === 'double') return double(roundDouble(toNumber(value), places, mode));
  if (places >= 0) return value;
  const step = pow10(-places);
  const result = roundQuotient(BigInt(value as bigint | number), step, mode) * step;
  if (!fitsLong(result)) throw failAt(51080, 'invalid conversion from Decimal128 result in $round');
  return typeof value === 'number' && isInt32(Number(result)) ? Number(result) : result;
}

function roundQuotient(value: bigint, divisor: bigint, mode: Rounding): bigint {
  const quotient = value / divisor;
  const remainder = value % divisor;
  if (remainder === 0n || mode === 'trunc') return quotient;
  const away = value < 0n ? -1n : 1n;
  if (mode === 'floor') return value < 0n ? quotient - 1n : quotient;
  if (mode === 'ceil') return value < 0n ? quotient : quotient + 1n;
  const twice = (remainder < 0n ? -remainder : remainder) * 2n;
  return twice > divisor || (twice === divisor && quotient % 2n !== 0n) ? quotient + away : quotient;
}

function roundDouble(value: number, places: number, mode: Rounding): number {
  if (!Number.isFinite(value)) return value;
  if (places === 0) return mode === 'round' ? roundHalfEven(value) : Math[mode](value);
  // The shortest decimal that stands for the double: what people see is what is rounded.
  const decimal = Decimal.parse(String(value));
  return decimal ? toNumber(rounded(decimal, places, mode) as Numeric) : value;
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

const rounding = (mode: Rounding): Operator =>
  unary((value, _, name) => {
    if (isNullish(value)) return null;
    if (!isNumeric(value))
      throw failAt(28765, `${name} only supports numeric types, not ${nameOfValue(value)}`);
    return rounded(value, 0, mode);
  });

const roundingTo = (mode: Rounding): Operator =>
  withArguments(1, 2, ([value, places], _, name) => {
    if (isNullish(value) || places === null) return null;
    if (!isNumeric(value))
      throw failAt(51081, `${name} only supports numeric types, not ${nameOfValue(value)}`);
    const digits = places === undefined ? 0 : integerOf(places, name);
    if (digits < -20 || digits > 100)
      throw failAt(51083, `cannot apply ${name} with precision value ${digits} value must be in [-20, 100]`);
    return rounded(value, digits, mode);
  });

function power(base: Numeric, exponent: Numeric): Value {
  if (base instanceof Decimal || exponent instanceof Decimal) {
    throw fail('NotImplemented', '$pow of a decimal is not supported by this server');
  }
  const [x, y] = [toNumber(base), toNumber(exponent)];
  if (x === 0 && y < 0) throw failAt(28764, '$pow cannot take a base of 0 and a negative exponent');
  const whole = kindOf(base) !== 'double' && kindOf(exponent) !== 'double';
  if (!whole || y < 0 || y > 64) return double(x ** y);
  const result = BigInt(base as bigint | number) ** BigInt(exponent as bigint | number);
  if (!fitsLong(result)) return double(x ** y);
  const long = typeof base === 'bigint' || typeof exponent === 'bigint';
  return !long && isInt32(Number(result)) ? Number(result) : result;
}

const bits = (apply: (a: bigint, b: bigint) => bigint, neutral: bigint): Operator =>
  withArguments(0, any, (args, _, name) => {
    let [result, long] = [neutral, false];
    for (const value of args) {
      if (isNullish(value)) return null;
      if (!isNumeric(value) || (kindOf(value) !== 'int' && kindOf(value) !== 'long')) {
        throw fail('TypeMismatch', `${name} only supports int and long operands, not ${nameOfValue(value)}`);
      }
      if (typeof value === 'bigint') long = true;
      result = apply(result, BigInt(value as bigint | number));
    }
    return long ? result : Number(result);
  });

export const arithmeticOperators: Operators = {
  $add: add,
  $subtract: subtract,
  $multiply: multiply,
  $divide: ofNumbers(16609, '$divide', (a, b) => {
    if (isZero(b)) throw fail('BadValue', "can't $divide by zero");
    return divide(a, b);
  }),
  $mod: ofNumbers(16611, '$mod', (a, b) => {
    if (isZero(b)) throw failAt(16610, "can't $mod by zero");
    return modulo(a, b);
  }),
  $abs: unary((value: MaybeValue, _, name) => {
    if (isNullish(value)) return null;
    if (!isNumeric(value))
      throw failAt(28765, `${name} only supports numeric types, not ${nameOfValue(value)}`);
    return absolute(value);
  }),
  $ceil: rounding('ceil'),
  $floor: rounding('floor'),
  $round: roundingTo('round'),
  $trunc: roundingTo('trunc'),
  $pow: ofNumbers(28762, '$pow', power),
  $sqrt: inDoubles(Math.sqrt, (x) => x >= 0),
  $exp: inDoubles(Math.exp),
  $ln: inDoubles(Math.log, (x) => x > 0),
  $log10: inDoubles(Math.log10, (x) => x > 0),
  $log: ofNumbers(28756, '$log', (a, b) => {
    if (a instanceof Decimal || b instanceof Decimal)
      throw fail('NotImplemented', '$log of a decimal is not supported by this server');
    const [x, base] = [toNumber(a), toNumber(b)];
    if (x <= 0) throw failAt(28758, `$log's argument must be a positive number, but is ${x}`);
    if (base <= 0 || base === 1)
      throw failAt(28759, `$log's base must be a positive number not equal to 1, but is ${base}`);
    return double(Math.log(x) / Math.log(base));
  }),
  $sin: inDoubles(Math.sin, Number.isFinite),
  $cos: inDoubles(Math.cos, Number.isFinite),
  $tan: inDoubles(Math.tan, Number.isFinite),
  $asin: inDoubles(Math.asin, (x) => Math.abs(x) <= 1),
  $acos: inDoubles(Math.acos, (x) => Math.abs(x) <= 1),
  $atan: inDoubles(Math.atan),
  $degreesToRadians: inDoubles((x) => (x * Math.PI) / 180),
  $radiansToDegrees: inDoubles((x) => (x * 180) / Math.PI),
  $bitAnd: bits((a, b) => a & b, -1n),
  $bitOr: bits((a, b) => a | b, 0n),
  $bitXor: bits((a, b) => a ^ b, 0n),
};
