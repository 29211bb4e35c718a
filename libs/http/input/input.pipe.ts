import { Injectable, type ArgumentMetadata, type PipeTransform, type Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { ProblemError, type InputError } from '../problem/problem-error.js';
import { MOST_ERRORS, structureErrors } from './structure.js';
import { inputErrors } from './validation-errors.js';

const BUILT_IN = new Set<unknown>([String, Boolean, Number, Array, Object, Date, Promise]);

/**
 * Turns bodies and queries into instances of their DTO class, or refuses them with everything that is wrong at once.
 * Fields that the class does not declare are refused too: a misspelt optional field must not be lost in silence.
 */
@Injectable()
export class InputPipe implements PipeTransform {
  async transform(value: unknown, { type, metatype }: ArgumentMetadata): Promise<unknown> {
    if (type !== 'body' && type !== 'query') return value;
    const input = value ?? {};
    refuseIfAny(structureErrors(input));
    if (metatype === undefined || BUILT_IN.has(metatype)) return input;
    if (typeof input !== 'object' || Array.isArray(input)) {
      throw new ProblemError('invalid-input', {
        detail: 'The body must be a JSON object.',
        errors: [{ pointer: '', detail: 'must be an object' }],
      });
    }
    return checked(metatype as Type<object>, input);
  }
}

/** For input that comes another way than through a route, such as a line of an import. */
export async function checked<T extends object>(dto: Type<T>, input: object): Promise<T> {
  const instance = plainToInstance(dto, input, { exposeUnsetFields: false });
  const found = await validate(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: false,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
  });
  refuseIfAny(inputErrors(found, input));
  return instance;
}

function refuseIfAny(errors: readonly InputError[]): void {
  if (errors.length === 0) return;
  const places = errors.length === 1 ? 'One place' : `${errors.length} places`;
  const more = errors.length >= MOST_ERRORS ? ' (there may be more)' : '';
  throw new ProblemError('invalid-input', {
    detail: `${places} in the input must be corrected${more}; see errors.`,
    errors,
  });
}
