import { compare } from '../bson/compare.js';
import { Doc } from '../bson/doc.js';
import { arithmetic, kindOf, toNumber } from '../bson/numbers.js';
import { nextTimestamp } from '../bson/object-id.js';
import { shell } from '../bson/shell.js';
import { nameOfValue, isNumeric } from '../bson/types.js';
import { DateTime, double, Timestamp, type MaybeValue, type Value } from '../bson/values.js';
import { Decimal } from '../bson/decimal.js';
import { fail } from '../errors.js';
import { arrayOperator } from './array-operators.js';
import type { Change, Modification } from './modify-path.js';

export interface OperatorContext {
  readonly now: number;
  readonly path: string;
}

const creating = (change: Change): Modification => ({ change, create: true });

/** undefined for an operator that there is not. */
export function modificationFor(
  operator: string,
  operand: Value,
  context: OperatorContext,
): Modification | undefined {
  switch (operator) {
    case '$set':
    case '$setOnInsert':
      return creating(() => operand);
    case '$unset':
      return { change: () => undefined, create: false };
    case '$inc':
    case '$mul':
      return creating(arithmeticChange(operator, operand, context.path));
    case '$min':
      return creating((value) => (value === undefined || compare(operand, value) < 0 ? operand : value));
    case '$max':
      return creating((value) => (value === undefined || compare(operand, value) > 0 ? operand : value));
    case '$currentDate':
      return creating(currentDate(operand, context.now));
    case '$bit':
      return creating(bitChange(operand, context.path));
    default:
      return arrayOperator(operator, operand, context.path);
  }
}

function arithmeticChange(operator: '$inc' | '$mul', operand: Value, path: string): Change {
  const verb = operator === '$inc' ? 'increment' : 'multiply';
  if (!isNumeric(operand)) {
    throw fail('TypeMismatch', `Cannot ${verb} with non-numeric argument: {${path}: ${shell(operand)}}`);
  }
  return (value) => {
    if (value === undefined) return operator === '$inc' ? operand : zeroLike(operand);
    if (!isNumeric(value)) {
      throw fail(
        'TypeMismatch',
        `Cannot apply ${operator} to a value of non-numeric type. The field '${path}' is of non-numeric type ${nameOfValue(value)}`,
      );
    }
    const result = arithmetic(operator === '$inc' ? 'add' : 'multiply', value, operand);
    if (result === undefined) {
      throw fail(
        'BadValue',
        `Failed to apply ${operator} operations to current value (${shell(value)}) of the field '${path}': the result is no 64-bit number`,
      );
    }
    return result;
  };
}

function zeroLike(value: Value): Value {
  switch (kindOf(value as number)) {
    case 'int':
      return 0;
    case 'long':
      return 0n;
    case 'double':
      return double(0);
    case 'decimal':
      return Decimal.of(0n);
  }
}

function currentDate(operand: Value, now: number): Change {
  const type = operand instanceof Doc ? operand.get('$type') : 'date';
  const valid = typeof operand === 'boolean' || (operand instanceof Doc && operand.size === 1);
  if (!valid || (type !== 'date' && type !== 'timestamp')) {
    throw fail(
      'BadValue',
      `The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}`,
    );
  }
  return () => (type === 'date' ? new DateTime(now) : new Timestamp(nextTimestamp()));
}

function bitChange(operand: Value, path: string): Change {
  if (!(operand instanceof Doc) || operand.size === 0) {
    throw fail(
      'BadValue',
      `The $bit modifier is not compatible with this value. It must be a non-empty object, like {$bit: {${path}: {and: 1}}}`,
    );
  }
  const steps = [...operand.entries()].map(([name, mask]) => {
    if (!['and', 'or', 'xor'].includes(name))
      throw fail('BadValue', `The $bit modifier only supports 'and', 'or', and 'xor', not '${name}'`);
    if (!isNumeric(mask) || !['int', 'long'].includes(kindOf(mask))) {
      throw fail('BadValue', 'The $bit modifier field must be an Integer(32/64 bit)');
    }
    return { name, mask: mask as number | bigint };
  });
  return (value) => {
    const current = value ?? 0;
    if (!isNumeric(current) || !['int', 'long'].includes(kindOf(current))) {
      throw fail(
        'BadValue',
        `Cannot apply $bit to a value of non-integral type: the field '${path}' is ${nameOfValue(value)}`,
      );
    }
    let long = kindOf(current) === 'long';
    let bits = BigInt(current as number | bigint);
    for (const { name, mask } of steps) {
      if (typeof mask === 'bigint') long = true;
      const other = BigInt(mask);
      bits = name === 'and' ? bits & other : name === 'or' ? bits | other : bits ^ other;
    }
    return long ? bits : Number(bits);
  };
}

export const wholeNumber = (value: MaybeValue): number | undefined => {
  const number = isNumeric(value) ? toNumber(value) : NaN;
  return Number.isInteger(number) ? number : undefined;
};
