import { Injectable, Param, type PipeTransform } from '@nestjs/common';
import { ProblemError, isCode } from '#libs/http/index.js';

@Injectable()
class CodePipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (isCode(value)) return value;
    const detail = 'A code has 1 to 63 of a-z, 0-9 and "-", and does not start with "-".';
    throw new ProblemError('invalid-input', { detail });
  }
}

/** The code in the path of a definition. */
export function CodeParam(): ParameterDecorator {
  return Param('code', CodePipe);
}
