import { ObjectShapes } from './object-shapes.js';

const shapes = new ObjectShapes();

/**
 * The text that a document's hash is taken of: keys in order, absent and undefined alike, dates told apart from the
 * text they look like. Independent of the order in which a server returns fields.
 */
export function canonicalText(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return Number.isFinite(value) ? String(value) : `"number:${value}"`;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (Array.isArray(value)) return canonicalList(value);
      if (value instanceof Date) return `{"$date":"${value.toISOString()}"}`;
      return canonicalObject(value as Record<string, unknown>);
    default:
      throw new TypeError(`A read model's document cannot hold a ${typeof value}.`);
  }
}

function canonicalList(values: readonly unknown[]): string {
  let text = '[';
  for (let at = 0; at < values.length; at++) text += (at > 0 ? ',' : '') + canonicalText(values[at]);
  return text + ']';
}

function canonicalObject(object: Record<string, unknown>): string {
  let text = '';
  for (const { key, label } of shapes.of(object)) {
    const value = object[key];
    if (value !== undefined) text += (text === '' ? '{' : ',') + label + canonicalText(value);
  }
  return text === '' ? '{}' : text + '}';
}
