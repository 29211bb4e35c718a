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
      if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
      if (value instanceof Date) return `{"$date":"${value.toISOString()}"}`;
      return canonicalObject(value as Record<string, unknown>);
    default:
      throw new TypeError(`A read model's document cannot hold a ${typeof value}.`);
  }
}

function canonicalObject(object: Record<string, unknown>): string {
  let text = '{';
  for (const key of Object.keys(object).sort()) {
    const value = object[key];
    if (value === undefined) continue;
    text += `${text.length > 1 ? ',' : ''}${JSON.stringify(key)}:${canonicalText(value)}`;
  }
  return text + '}';
}
