import { applyDecorators, type Type } from '@nestjs/common';
import { Type as InstanceOf } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { field, type FieldOptions } from './field.js';

export function IsOneOf(values: readonly string[], options: FieldOptions = {}): PropertyDecorator {
  return field(
    {
      name: 'isOneOf',
      message: `must be one of ${values.join(', ')}`,
      test: (value) => typeof value === 'string' && values.includes(value),
      schema: { type: String, enum: [...values] },
    },
    options,
  );
}

export function IsWhole(
  options: FieldOptions & { readonly min: number; readonly max: number },
): PropertyDecorator {
  const { min, max } = options;
  return field(
    {
      name: 'isWhole',
      message: `must be a whole number from ${min} to ${max}`,
      test: (value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max,
      schema: { type: 'integer', minimum: min, maximum: max },
    },
    options,
  );
}

export function IsFlag(options: FieldOptions = {}): PropertyDecorator {
  return field(
    {
      name: 'isFlag',
      message: 'must be true or false',
      test: (value) => typeof value === 'boolean',
      schema: { type: Boolean },
    },
    options,
  );
}

/** class-validator looks into arrays where an object is meant, so what it is comes before what is in it. */
function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object of another DTO class. (Swagger knows a late type by the name of the function, which must be `type`.) */
export function IsNested(dto: () => Type<object>, options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    field(
      { name: 'isNested', message: 'must be an object', test: isPlainObject, schema: { type: () => dto() } },
      options,
    ),
    InstanceOf(dto),
    ValidateNested(),
  );
}

export interface ListOptions extends FieldOptions {
  readonly min?: number;
  readonly max: number;
}

/** A bounded list of objects of another DTO class. */
export function IsListOf(dto: () => Type<object>, options: ListOptions): PropertyDecorator {
  const { min = 0, max } = options;
  return applyDecorators(
    field(
      {
        name: 'isListOf',
        message: `must be a list of ${min} to ${max} objects`,
        test: (value) => isBoundedList(value, min, max, isPlainObject),
        schema: { type: () => dto(), isArray: true, minItems: min, maxItems: max },
      },
      options,
    ),
    InstanceOf(dto),
    ValidateNested({ each: true }),
  );
}

function isBoundedList(value: unknown, min: number, max: number, test: (entry: unknown) => boolean): boolean {
  return Array.isArray(value) && value.length >= min && value.length <= max && value.every(test);
}

/** A bounded list of texts, each of which passes `test`. `what` ends the sentence "each entry must be …". */
export function IsListOfTexts(
  options: ListOptions & { readonly what: string; readonly test: (value: unknown) => boolean },
): PropertyDecorator {
  const { min = 0, max, test, what } = options;
  return field(
    {
      name: 'isListOfTexts',
      message: `must be a list of ${min} to ${max} entries, each ${what}`,
      test: (value) => isBoundedList(value, min, max, test),
      schema: { type: [String], minItems: min, maxItems: max },
    },
    options,
  );
}
