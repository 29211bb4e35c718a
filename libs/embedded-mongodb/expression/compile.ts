import { Doc } from '../bson/doc.js';
import { isArray } from '../bson/types.js';
import { DateTime, type MaybeValue, type Value } from '../bson/values.js';
import { fail, failAt } from '../errors.js';
import { operators } from './operators.js';
import type { Evaluate, Scope } from './scope.js';
import { joinedFields, joinedItems } from './sized.js';

const deepest = 150;

export function compileExpression(expression: Value, scope: Scope, depth = 0): Evaluate {
  if (depth > deepest) throw fail('BadValue', `Expression is nested more than ${deepest} levels deep`);
  if (typeof expression === 'string' && expression.startsWith('$')) return compilePath(expression, scope);
  if (isArray(expression)) {
    const items = expression.map((item) => compileExpression(item, scope, depth + 1));
    return (frame) =>
      joinedItems(
        items.map((item) => item(frame) ?? null),
        scope.execution,
      );
  }
  if (expression instanceof Doc) return compileObject(expression, scope, depth);
  return () => expression;
}

/** The operator's name where the document is one. */
export function operatorOf(doc: Doc): string | undefined {
  const [first] = doc.keys;
  if (!first?.startsWith('$')) return undefined;
  if (doc.size > 1) {
    throw failAt(15983, 'an object representing an expression must have exactly one field');
  }
  return first;
}

function compileObject(doc: Doc, scope: Scope, depth: number): Evaluate {
  const name = operatorOf(doc);
  if (name !== undefined) {
    const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
    if (!operator) throw fail('InvalidPipelineOperator', `Unrecognized expression '${name}'`);
    const { execution } = scope;
    const evaluate = operator(doc.get(name) as Value, {
      name,
      scope,
      compile: (inner, innerScope = scope) => compileExpression(inner, innerScope, depth + 1),
    });
    return (frame) => {
      execution.spend(1);
      return evaluate(frame);
    };
  }
  const fields = [...doc.entries()].map(([field, value]): [string, Evaluate] => {
    if (field.includes('.')) throw failAt(16412, `FieldPath field names may not contain '.': ${field}`);
    if (field.startsWith('$')) throw failAt(16410, `FieldPath field names may not start with '$'.`);
    return [field, compileExpression(value, scope, depth + 1)];
  });
  return (frame) => {
    const names: string[] = [];
    const values: Value[] = [];
    for (const [field, evaluate] of fields) {
      const value = evaluate(frame);
      if (value === undefined) continue;
      names.push(field);
      values.push(value);
    }
    return joinedFields(names, values, scope.execution);
  };
}

/** `$a.b`, `$$name`, `$$name.a.b` */
function compilePath(text: string, scope: Scope): Evaluate {
  if (!text.startsWith('$$')) return fieldPath(checkedParts(text.slice(1)));
  const [name = '', ...parts] = text.slice(2).split('.');
  if (parts.includes('')) throw failAt(15998, 'FieldPath field names may not be empty strings.');
  const base = compileVariable(name, scope);
  return parts.length === 0 ? base : (frame) => valueAt(base(frame), parts, 0);
}

function compileVariable(name: string, scope: Scope): Evaluate {
  const slot = scope.slotOf(name);
  if (slot !== undefined) return (frame) => frame.slots[slot];
  if (scope.hasConstant(name)) return () => scope.constant(name);
  switch (name) {
    case 'ROOT':
    case 'CURRENT':
      return (frame) => frame.root;
    case 'REMOVE':
      return () => undefined;
    case 'NOW': {
      const now = new DateTime(scope.execution.now);
      return () => now;
    }
    default:
      throw failAt(17276, `Use of undefined variable: ${name}`);
  }
}

export function checkedParts(path: string): string[] {
  const parts = path.split('.');
  if (parts.includes('')) throw failAt(15998, 'FieldPath field names may not be empty strings.');
  if (parts.some((part) => part.startsWith('$'))) {
    throw failAt(
      16410,
      `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
    );
  }
  return parts;
}

export function fieldPath(parts: readonly string[]): Evaluate {
  if (parts.length === 1) {
    const name = parts[0] as string;
    return (frame) => frame.root.get(name);
  }
  return (frame) => valueAt(frame.root, parts, 0);
}

/** Through an array to the documents in it, and to nothing else. */
export function valueAt(value: MaybeValue, parts: readonly string[], at: number): MaybeValue {
  if (at === parts.length) return value;
  if (value instanceof Doc) return valueAt(value.get(parts[at] as string), parts, at + 1);
  if (!isArray(value)) return undefined;
  const found: Value[] = [];
  for (const item of value) {
    const inner = item instanceof Doc ? valueAt(item, parts, at) : undefined;
    if (inner !== undefined) found.push(inner);
  }
  return found;
}
