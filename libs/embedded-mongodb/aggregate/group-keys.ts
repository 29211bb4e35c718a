import { compare, type Numeric } from '../bson/compare.js';
import { Doc } from '../bson/doc.js';
import { toNumber } from '../bson/numbers.js';
import { isNumeric } from '../bson/types.js';
import { DateTime, Double, ObjectIdValue, type MaybeValue, type Value } from '../bson/values.js';
import { compileExpression, operatorOf } from '../expression/compile.js';
import type { Evaluate, Frame, Scope } from '../expression/scope.js';
import { joinedFields } from '../expression/sized.js';
import { canonicalKey } from '../query/compile-filter.js';

/** What was made for each different id, in the order in which the ids came. */
export interface GroupTable<T> {
  /** @param make is called for an id that was not there before */
  of(frame: Frame, make: (id: MaybeValue) => T): T;
  readonly all: readonly T[];
  /** Bytes of the keys. */
  readonly memory: number;
}

/** How the documents are told apart, compiled once. */
export function compileGroupId(spec: Value, scope: Scope): <T>() => GroupTable<T> {
  const id = compileExpression(spec, scope);
  if (!(spec instanceof Doc) || spec.size === 0 || operatorOf(spec) !== undefined)
    return () => new TableByValue(id);
  const parts = [...spec.entries()].map(([name, part]): Part => [name, compileExpression(part, scope)]);
  return () => new TableByParts(parts, scope);
}

class TableByValue<T> implements GroupTable<T> {
  readonly all: T[] = [];
  memory = 0;
  private readonly groups = new Map<unknown, T>();

  constructor(private readonly id: Evaluate) {}

  of(frame: Frame, make: (id: MaybeValue) => T): T {
    const id = this.id(frame);
    const key = keyOf(id);
    const known = this.groups.get(key);
    if (known !== undefined) return known;
    const group = make(id);
    this.groups.set(key, group);
    this.all.push(group);
    this.memory += sizeOfKey(key);
    return group;
  }
}

type Part = readonly [name: string, evaluate: Evaluate];
const sizeOfMap = 128;

/** An id that is a document is not made for each document that comes: its parts lead to the group one after the other. */
class TableByParts<T> implements GroupTable<T> {
  readonly all: T[] = [];
  memory = 0;
  private readonly root = new Map<unknown, unknown>();
  private readonly values: MaybeValue[];

  constructor(
    private readonly parts: readonly Part[],
    private readonly scope: Scope,
  ) {
    this.values = parts.map(() => undefined);
  }

  of(frame: Frame, make: (id: MaybeValue) => T): T {
    const { parts, values } = this;
    let map = this.root;
    const last = parts.length - 1;
    for (let i = 0; i <= last; i++) {
      const value = (parts[i] as Part)[1](frame);
      values[i] = value;
      // A missing part is left out of the id, which null is not.
      const key = value === undefined ? undefined : keyOf(value);
      let next = map.get(key);
      if (next === undefined) {
        next = i === last ? make(this.idOf()) : new Map<unknown, unknown>();
        map.set(key, next);
        this.memory += sizeOfKey(key) + (i === last ? 0 : sizeOfMap);
        if (i === last) this.all.push(next as T);
      }
      if (i === last) return next as T;
      map = next as Map<unknown, unknown>;
    }
    throw new TypeError('An id has no parts');
  }

  private idOf(): Doc {
    const names: string[] = [];
    const values: Value[] = [];
    for (const [i, value] of this.values.entries()) {
      if (value === undefined) continue;
      names.push((this.parts[i] as Part)[0]);
      values.push(value);
    }
    return joinedFields(names, values, this.scope.execution);
  }
}

const sizeOfKey = (key: unknown): number => 128 + (typeof key === 'string' ? key.length * 2 : 16);

/** The commonest keys need no encoding; encoded ones begin with 00, and are nobody's else. */
function keyOf(value: MaybeValue): unknown {
  if (typeof value === 'string') return value.charCodeAt(0) === 0 ? `\0${canonicalKey(value)}` : value;
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (isNumeric(value)) return numberKey(value);
  if (value instanceof DateTime) return `\0\0${value.ms}`;
  return value instanceof ObjectIdValue ? `\0\x01${value.bytes}` : `\0${canonicalKey(value)}`;
}

/** Equal numbers of different types are one key. */
function numberKey(value: Numeric): unknown {
  const number = toNumber(value);
  const exact = typeof value === 'number' || value instanceof Double || compare(number, value) === 0;
  return exact ? (number === 0 ? 0 : number) : `\0${canonicalKey(value)}`;
}
