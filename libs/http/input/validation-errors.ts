import type { ValidationError } from 'class-validator';
import type { InputError } from '../problem/problem-error.js';
import { pointerTo } from './json-pointer.js';
import { MOST_ERRORS } from './structure.js';

/** class-validator's findings as our own: one per place, without the value that was given. */
export function inputErrors(found: readonly ValidationError[], input: unknown): InputError[] {
  const errors: InputError[] = [];
  collect(found, [], input, errors);
  return errors;
}

function collect(
  found: readonly ValidationError[],
  path: readonly string[],
  input: unknown,
  errors: InputError[],
): void {
  for (const error of found) {
    if (errors.length >= MOST_ERRORS) return;
    const place = [...path, error.property];
    const given = childOf(input, error.property);
    const [constraint] = Object.entries(error.constraints ?? {});
    if (constraint)
      errors.push({ pointer: pointerTo(place), detail: detailOf(error.property, constraint, given) });
    collect(error.children ?? [], place, given, errors);
  }
}

function childOf(input: unknown, key: string): unknown {
  return typeof input === 'object' && input !== null ? (input as Record<string, unknown>)[key] : undefined;
}

function detailOf(property: string, [name, message]: readonly [string, string], given: unknown): string {
  if (name === 'whitelistValidation') return 'is not a known field';
  if (given === undefined) return 'is required';
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
