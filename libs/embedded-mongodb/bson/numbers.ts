import type { Numeric } from './compare.js';
import { Decimal, pow10 } from './decimal.js';
import { double, Double, fitsLong, isInt32, type Value } from './values.js';

/** Arithmetic that keeps MongoDB's number types: int32 grows into int64, a double or a decimal takes the others along. */

export type NumberKind = 'int' | 'long' | 'double' | 'decimal';

export function kindOf(n: Numeric): NumberKind {
  if (typeof n === 'number') return isInt32(n) ? 'int' : 'double';
  if (typeof n === 'bigint') return 'long';
  return n instanceof Double ? 'double' : 'decimal';
}

export function toNumber(n: Numeric): number {
  if (typeof n === 'number') return n;
  if (typeof n === 'bigint') return Number(n);
  return n instanceof Double ? n.value : n.toNumber();
}

export function toDecimal(n: Numeric): Decimal {
  if (n instanceof Decimal) return n;
  return typeof n === 'bigint' ? Decimal.of(n) : Decimal.ofDouble(toNumber(n));
}

/** The number without its fraction where that is an int64. */
export function wholePart(n: Numeric): bigint | undefined {
  if (typeof n === 'bigint') return n;
  if (n instanceof Decimal) {
    if (!n.isFinite || n.exponent > 20) return n.isFinite && n.coefficient === 0n ? 0n : undefined;
    const whole = n.toBigInt();
    return fitsLong(whole) ? whole : undefined;
  }
  const value = toNumber(n);
  if (!Number.isFinite(value)) return undefined;
  const whole = BigInt(Math.trunc(value));
  return fitsLong(whole) ? whole : undefined;
}

/** A whole number as int32 if it fits (and no int64 took part), else int64; beyond that undefined. */
function whole(value: bigint, long: boolean): Value | undefined {
  if (!long && value >= -2147483648n && value <= 2147483647n) return Number(value);
  return fitsLong(value) ? value : undefined;
}

type Operation = 'add' | 'subtract' | 'multiply';

/** undefined where the result of whole numbers fits no int64. */
export function arithmetic(operation: Operation, a: Numeric, b: Numeric): Value | undefined {
  const kinds = [kindOf(a), kindOf(b)];
  if (kinds.includes('decimal')) return decimalArithmetic(operation, toDecimal(a), toDecimal(b));
  if (kinds.includes('double')) return double(onNumbers(operation, toNumber(a), toNumber(b)));
  const long = kinds.includes('long');
  if (!long) {
    const result = onNumbers(operation, a as number, b as number);
    if (Number.isSafeInteger(result)) return isInt32(result) ? result : result === 0 ? 0 : BigInt(result);
  }
  const [x, y] = [BigInt(a as bigint | number), BigInt(b as bigint | number)];
  return whole(operation === 'add' ? x + y : operation === 'subtract' ? x - y : x * y, long);
}

function onNumbers(operation: Operation, a: number, b: number): number {
  return operation === 'add' ? a + b : operation === 'subtract' ? a - b : a * b;
}

/** As expressions compute: whole numbers beyond int64 become doubles. */
export const widening = (operation: Operation, a: Numeric, b: Numeric): Value =>
  arithmetic(operation, a, b) ?? double(onNumbers(operation, toNumber(a), toNumber(b)));

function decimalArithmetic(operation: Operation, a: Decimal, b: Decimal): Decimal {
  if (!a.isFinite || !b.isFinite) return specialDecimal(onNumbers(operation, signOf(a), signOf(b)));
  if (operation === 'multiply') return Decimal.of(a.signed * b.signed, a.exponent + b.exponent);
  const exponent = Math.min(a.exponent, b.exponent);
  const x = a.signed * pow10(a.exponent - exponent);
  const y = b.signed * pow10(b.exponent - exponent);
  return Decimal.of(operation === 'add' ? x + y : x - y, exponent);
}

/** Infinities and NaN compute as doubles do. */
const signOf = (d: Decimal): number =>
  d.isFinite ? (d.coefficient === 0n ? 0 : d.negative ? -1 : 1) : d.toNumber();

const specialDecimal = (n: number): Decimal =>
  Number.isFinite(n) ? Decimal.of(BigInt(n)) : Decimal.ofDouble(n);

/** @param b not zero */
export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  if (!a.isFinite || !b.isFinite) return specialDecimal(signOf(a) / signOf(b));
  const extra = Math.max(0, 36 + b.coefficient.toString().length - a.coefficient.toString().length);
  const dividend = a.signed * pow10(extra);
  const quotient = dividend / b.signed;
  const exact = dividend % b.signed === 0n;
  if (!exact)
    return Decimal.of(quotient * 10n + (quotient < 0n ? -1n : 1n), a.exponent - b.exponent - extra - 1);
  return trimmed(quotient, a.exponent - b.exponent - extra, a.exponent - b.exponent);
}

/** Without the zeros that only the scaling brought. */
function trimmed(value: bigint, exponent: number, ideal: number): Decimal {
  let [coefficient, scale] = [value, exponent];
  while (scale < ideal && coefficient !== 0n && coefficient % 10n === 0n) {
    coefficient /= 10n;
    scale++;
  }
  return Decimal.of(coefficient, scale);
}

export function divide(a: Numeric, b: Numeric): Value {
  if (a instanceof Decimal || b instanceof Decimal) return divideDecimals(toDecimal(a), toDecimal(b));
  return double(toNumber(a) / toNumber(b));
}

/** The remainder with the dividend's sign. @param b not zero */
export function modulo(a: Numeric, b: Numeric): Value {
  const kinds = [kindOf(a), kindOf(b)];
  if (kinds.includes('decimal')) {
    const [x, y] = [toDecimal(a), toDecimal(b)];
    if (!x.isFinite || y.isNaN) return Decimal.nan;
    if (!y.isFinite) return x;
    const exponent = Math.min(x.exponent, y.exponent);
    return Decimal.of(
      (x.signed * pow10(x.exponent - exponent)) % (y.signed * pow10(y.exponent - exponent)),
      exponent,
    );
  }
  if (kinds.includes('double')) return double(toNumber(a) % toNumber(b));
  return whole(BigInt(a as bigint | number) % BigInt(b as bigint | number), kinds.includes('long')) as Value;
}

/** A number given by the server itself, e.g. a count: int32 if it fits. */
export const integer = (n: number): Value => (isInt32(n) ? n : BigInt(n));
