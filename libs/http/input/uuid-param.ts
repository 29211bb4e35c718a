import { Injectable, Param, type PipeTransform } from '@nestjs/common';
import { validate } from 'uuid';
import { ProblemError } from '../problem/problem-error.js';

@Injectable()
class UuidPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!validate(value))
      throw new ProblemError('invalid-id', { detail: 'The id in the address is not a UUID.' });
    return value.toLowerCase();
  }
}

/** An id in the path, in lower case. */
export function UuidParam(name = 'id'): ParameterDecorator {
  return Param(name, UuidPipe);
}
