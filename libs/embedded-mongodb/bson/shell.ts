import { Decimal } from './decimal.js';
import { Doc } from './doc.js';
import {
  Bytes,
  DateTime,
  Double,
  ObjectIdValue,
  Pattern,
  SymbolValue,
  Timestamp,
  type Value,
} from './values.js';

/** A value as the server writes it in messages, e.g. `{ name: "x", at: new Date(0) }`. */
export function shell(value: Value): string {
  if (value instanceof Doc) {
    const fields = [...value.entries()].map(([name, field]) => `${name}: ${shell(field)}`);
    return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}';
  }
  if (Array.isArray(value))
    return value.length > 0 ? `[ ${value.map((item) => shell(item as Value)).join(', ')} ]` : '[]';
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof ObjectIdValue) return `ObjectId('${value.hex}')`;
  if (value instanceof DateTime) return `new Date(${value.ms})`;
  if (value instanceof Double) return `${value.value}.0`;
  if (value instanceof Decimal) return value.toString();
  if (value instanceof Pattern) return `/${value.source}/${value.options}`;
  if (value instanceof Bytes) return `BinData(${value.subtype}, ${value.data.toString('hex').toUpperCase()})`;
  if (value instanceof Timestamp) return `Timestamp(${value.value >> 32n}, ${value.value & 0xffffffffn})`;
  if (value instanceof SymbolValue) return JSON.stringify(value.name);
  return typeof value === 'object' && value !== null ? value.constructor.name : String(value);
}
