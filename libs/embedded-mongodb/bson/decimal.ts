/** IEEE 754 decimal128 in its BID form: 34 digits, exponents -6176 to 6111. */
const digits = 34;
const bias = 6176;
const largestExponent = 6111;
const smallestExponent = -6176;
const coefficientBits = 113n;
const coefficientMask = (1n << coefficientBits) - 1n;
const largestCoefficient = 10n ** BigInt(digits) - 1n;

type Kind = 'finite' | 'infinity' | 'nan';

export const pow10 = (n: number): bigint => 10n ** BigInt(n);

export class Decimal {
  private constructor(
    readonly kind: Kind,
    readonly negative: boolean,
    readonly coefficient: bigint,
    readonly exponent: number,
    private readonly raw?: bigint,
  ) {}

  static readonly nan = new Decimal('nan', false, 0n, 0);
  static readonly infinity = new Decimal('infinity', false, 0n, 0);
  static readonly minusInfinity = new Decimal('infinity', true, 0n, 0);

  static read(buffer: Buffer, at: number): Decimal {
    const low = buffer.readBigUInt64LE(at);
    const high = buffer.readBigUInt64LE(at + 8);
    const raw = (high << 64n) | low;
    const negative = high >> 63n === 1n;
    const top = Number((high >> 58n) & 31n);
    if (top === 31) return new Decimal('nan', negative, 0n, 0, raw);
    if (top === 30) return new Decimal('infinity', negative, 0n, 0, raw);
    // The other layout only holds coefficients over 34 digits, which the standard reads as zero.
    if (top >> 3 === 3)
      return new Decimal('finite', negative, 0n, Number((high >> 47n) & 0x3fffn) - bias, raw);
    const coefficient = raw & coefficientMask;
    const exponent = Number((high >> 49n) & 0x3fffn) - bias;
    return new Decimal(
      'finite',
      negative,
      coefficient > largestCoefficient ? 0n : coefficient,
      exponent,
      raw,
    );
  }

  /** Rounds half to even where the value has more than 34 digits. */
  static of(value: bigint, exponent = 0, negativeZero = false): Decimal {
    const negative = value < 0n || (value === 0n && negativeZero);
    let coefficient = value < 0n ? -value : value;
    let scale = exponent;
    const surplus = Math.max(coefficient.toString().length - digits, smallestExponent - scale);
    if (surplus > 0) {
      coefficient = roundedQuotient(coefficient, surplus);
      scale += surplus;
      if (coefficient > largestCoefficient) {
        coefficient /= 10n;
        scale++;
      }
    }
    if (coefficient === 0n) scale = Math.min(Math.max(scale, smallestExponent), largestExponent);
    while (scale > largestExponent && coefficient * 10n <= largestCoefficient) {
      coefficient *= 10n;
      scale--;
    }
    if (scale > largestExponent) return negative ? Decimal.minusInfinity : Decimal.infinity;
    return new Decimal('finite', negative, coefficient, scale);
  }

  /** As MongoDB converts doubles: 15 significant digits. */
  static ofDouble(value: number): Decimal {
    if (Number.isNaN(value)) return Decimal.nan;
    if (value === Infinity) return Decimal.infinity;
    if (value === -Infinity) return Decimal.minusInfinity;
    if (value === 0) return Decimal.of(0n, 0, Object.is(value, -0));
    if (Number.isSafeInteger(value)) return Decimal.of(BigInt(value));
    return Decimal.parse(value.toPrecision(15)) ?? Decimal.nan;
  }

  static parse(text: string): Decimal | undefined {
    const special = /^([+-]?)(inf(?:inity)?|nan)$/i.exec(text);
    if (special) {
      if ((special[2] ?? '').toLowerCase() === 'nan') return Decimal.nan;
      return special[1] === '-' ? Decimal.minusInfinity : Decimal.infinity;
    }
    const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/.exec(text);
    const whole = match?.[2] ?? '';
    const fraction = match?.[3] ?? '';
    if (!match || whole.length + fraction.length === 0 || text.length > 10_000) return undefined;
    const value = BigInt(whole + fraction);
    const negative = match[1] === '-';
    return Decimal.of(negative ? -value : value, Number(match[4] ?? 0) - fraction.length, negative);
  }

  get isNaN(): boolean {
    return this.kind === 'nan';
  }
  get isFinite(): boolean {
    return this.kind === 'finite';
  }
  /** The coefficient with its sign. */
  get signed(): bigint {
    return this.negative ? -this.coefficient : this.coefficient;
  }

  toNumber(): number {
    if (this.kind === 'nan') return NaN;
    if (this.kind === 'infinity') return this.negative ? -Infinity : Infinity;
    return Number(`${this.negative ? '-' : ''}${this.coefficient}e${this.exponent}`);
  }

  /** The whole part, towards zero. */
  toBigInt(): bigint {
    return this.exponent >= 0 ? this.signed * pow10(this.exponent) : this.signed / pow10(-this.exponent);
  }

  /** The scientific string of the standard. */
  toString(): string {
    if (this.kind === 'nan') return 'NaN';
    const sign = this.negative ? '-' : '';
    if (this.kind === 'infinity') return `${sign}Infinity`;
    const text = this.coefficient.toString();
    const scientific = this.exponent + text.length - 1;
    if (this.exponent > 0 || scientific < -6) {
      const mantissa = text.length > 1 ? `${text[0] ?? ''}.${text.slice(1)}` : text;
      return `${sign}${mantissa}E${scientific >= 0 ? '+' : ''}${scientific}`;
    }
    if (this.exponent === 0) return sign + text;
    const padded = text.padStart(1 - this.exponent, '0');
    return `${sign}${padded.slice(0, this.exponent)}.${padded.slice(this.exponent)}`;
  }

  write(buffer: Buffer, at: number): number {
    const raw = this.raw ?? this.bits();
    buffer.writeBigUInt64LE(raw & 0xffffffffffffffffn, at);
    return buffer.writeBigUInt64LE(raw >> 64n, at + 8);
  }

  private bits(): bigint {
    const sign = this.negative ? 1n << 127n : 0n;
    if (this.kind === 'nan') return 31n << 122n;
    if (this.kind === 'infinity') return sign | (30n << 122n);
    return sign | (BigInt(this.exponent + bias) << coefficientBits) | this.coefficient;
  }
}

function roundedQuotient(value: bigint, places: number): bigint {
  const divisor = pow10(places);
  const quotient = value / divisor;
  const twice = (value % divisor) * 2n;
  return twice > divisor || (twice === divisor && quotient % 2n === 1n) ? quotient + 1n : quotient;
}
