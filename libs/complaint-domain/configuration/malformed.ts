import type { InputProblem, Rejection } from '../decision/rejection.js';

export function malformed(problems: readonly InputProblem[] = []): Rejection | undefined {
  const [first] = problems;
  return first && { kind: 'invalid', code: 'malformed-definition', detail: first.detail, errors: problems };
}
