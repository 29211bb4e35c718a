import type { InputError } from '../problem/problem-error.js';
import { pointerTo } from './json-pointer.js';

export const DEEPEST = 20;
const MOST_VALUES = 50_000;
/** Far above what any object of the interface has; checking ten thousands of unknown ones takes seconds. */
const MOST_FIELDS = 500;
export const MOST_ERRORS = 100;

/** Names that assign to an object's prototype instead of the object in careless code further on. */
const DANGEROUS_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

interface Walk {
  readonly errors: InputError[];
  values: number;
}

/**
 * What no part of the product wants to see, wherever it stands: prototype keys, bottomless nesting, and text that not
 * every store can keep (the null character, half a surrogate pair).
 */
export function structureErrors(input: unknown): InputError[] {
  const walk: Walk = { errors: [], values: 0 };
  visit(input, [], walk);
  return walk.errors;
}

function visit(value: unknown, path: readonly (string | number)[], walk: Walk): void {
  if (walk.errors.length >= MOST_ERRORS) return;
  walk.values += 1;
  if (walk.values > MOST_VALUES) {
    if (walk.values === MOST_VALUES + 1) report(walk, [], `holds more than ${MOST_VALUES} values`);
    return;
  }
  if (typeof value === 'string') {
    const problem = textProblem(value);
    if (problem !== undefined) report(walk, path, problem);
  } else if (typeof value === 'object' && value !== null) {
    if (path.length >= DEEPEST) report(walk, path, `is nested more than ${DEEPEST} levels deep`);
    else visitChildren(value, path, walk);
  }
}

function visitChildren(value: object, path: readonly (string | number)[], walk: Walk): void {
  const children = Object.entries(value);
  if (!Array.isArray(value) && children.length > MOST_FIELDS) {
    report(walk, path, `has more than ${MOST_FIELDS} fields`);
    return;
  }
  for (const [key, child] of children) {
    const place = [...path, key];
    if (!Array.isArray(value) && (DANGEROUS_KEYS.has(key) || textProblem(key) !== undefined)) {
      report(walk, place, 'is not a name that a field can have');
    } else {
      visit(child, place, walk);
    }
  }
}

function textProblem(text: string): string | undefined {
  if (text.includes('\0')) return 'holds the null character';
  return /\p{Surrogate}/u.test(text) ? 'is not well-formed Unicode (half a surrogate pair)' : undefined;
}

function report(walk: Walk, path: readonly (string | number)[], detail: string): void {
  if (walk.errors.length < MOST_ERRORS) walk.errors.push({ pointer: pointerTo(path), detail });
}
