import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ValidateBy, ValidateIf } from 'class-validator';

export interface FieldOptions {
  /** May be left out. `null` is not the same as left out, and refused unless `nullable`. */
  readonly optional?: boolean;
  readonly nullable?: boolean;
  readonly description?: string;
  readonly example?: unknown;
}

interface FieldRule {
  readonly name: string;
  /** Ends the sentence "the field …". */
  readonly message: string;
  readonly test: (value: unknown) => boolean;
  readonly schema: ApiPropertyOptions;
}

/** One decorator for what a field is: the rule that checks it and the description that callers read. */
export function field(rule: FieldRule, options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    ValidateBy({ name: rule.name, validator: { validate: rule.test, defaultMessage: () => rule.message } }),
    ...presence(options),
    describedAs(rule.schema, options),
  );
}

/** Leaves a field unchecked where it is allowed to be missing or null. */
function presence({ optional, nullable }: FieldOptions): PropertyDecorator[] {
  if (!optional && !nullable) return [];
  return [
    ValidateIf(
      (_object, value: unknown) => !(optional && value === undefined) && !(nullable && value === null),
    ),
  ];
}

function describedAs(schema: ApiPropertyOptions, options: FieldOptions): PropertyDecorator {
  return ApiProperty({
    ...schema,
    required: !options.optional,
    ...(options.nullable ? { nullable: true } : {}),
    ...(options.description === undefined ? {} : { description: options.description }),
    ...(options.example === undefined ? {} : { example: options.example }),
  } as ApiPropertyOptions);
}
