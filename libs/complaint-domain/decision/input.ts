import { type InvalidCode, type Rejection, invalid } from './rejection.js';

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The text without its surrounding blanks; undefined when nothing remains. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed;
}

export function required(value: unknown, pointer: string, detail: string): Rejection | undefined {
  return textOf(value) === undefined ? invalid('required', pointer, detail) : undefined;
}

export function oneOf(value: unknown, vocabulary: readonly string[], pointer: string): Rejection | undefined {
  return typeof value === 'string' && vocabulary.includes(value)
    ? undefined
    : invalid('not-in-vocabulary', pointer, `Give one of: ${vocabulary.join(', ')}.`);
}

/** For codes of the configuration: given and unknown is refused, not given is fine. */
export function knownCode(
  code: unknown,
  isKnown: (code: string) => boolean,
  problem: {
    readonly code: InvalidCode;
    readonly pointer: string;
    readonly noun: string;
    readonly list: string;
  },
): Rejection | undefined {
  if (code === undefined) return undefined;
  if (typeof code === 'string' && isKnown(code)) return undefined;
  return invalid(
    problem.code,
    problem.pointer,
    `There is no active ${problem.noun} with this code; see ${problem.list} for those in force.`,
  );
}

/** Without the keys whose value is undefined: an event says what is known and nothing of the rest. */
export function compact<Data extends object>(data: Data): Data {
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as Data;
}
