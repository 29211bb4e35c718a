import type { Names } from '#libs/event-contracts/index.js';
import { type Rejection, firstOrAll, invalid } from '../decision/rejection.js';
import { isObject, required } from '../decision/input.js';

/** Codes stand in stream names and URLs. */
const CODE = /^[a-z0-9][a-z0-9-]{0,62}$/;

export function codeProblem(code: unknown, pointer = '/code'): Rejection | undefined {
  return typeof code === 'string' && CODE.test(code)
    ? undefined
    : invalid(
        'malformed-code',
        pointer,
        'A code has 1 to 63 lower-case letters (a to z), digits and dashes, and begins with a letter or digit.',
      );
}

export function namesProblem(names: unknown): Rejection | undefined {
  const given = isObject(names) ? names : {};
  return firstOrAll([
    required(given.tr, '/names/tr', 'Give the Turkish name.'),
    required(given.en, '/names/en', 'Give the English name.'),
  ]);
}

export function trimmedNames(names: Names): Names {
  return { tr: names.tr.trim(), en: names.en.trim() };
}

/** Same content, whatever the order of keys; definitions are plain JSON. */
export function sameDefinition(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, index) => sameDefinition(item, other[index]));
  }
  if (!isObject(one) || !isObject(other)) return Object.is(one, other);
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => sameDefinition(one[key], other[key]));
}
