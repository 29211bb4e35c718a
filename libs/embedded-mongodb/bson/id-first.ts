import { Doc } from './doc.js';
import { sizeOf } from './read.js';
import type { Value } from './values.js';
import { encode } from './write.js';

/** The name of `_id` with the zero that ends it, as it stands in the bytes. */
const idName = 0x5f696400;
const headBytes = 4;
/** Type and name of an element `_id`. */
const idHeadBytes = 5;

/** Whether an element of that place is the `_id`; every document has at least five bytes, an element at least two more. */
export const isId = (bytes: Buffer, element: number, last: number): boolean =>
  element + idHeadBytes <= last && bytes.readUInt32BE(element + 1) === idName;

/** The document with its own id before all else; it must have one. Nothing is decoded where the document is still as it came. */
export function idFirst(doc: Doc): Doc {
  const { bytes } = doc;
  if (!bytes) return withIdFirst(doc, doc.get('_id') as Value);
  if (isId(bytes, headBytes, bytes.length - 1)) return doc;
  const last = bytes.length - 1;
  for (let at = headBytes; at < last;) {
    const end = elementEnd(bytes, at);
    if (isId(bytes, at, last)) return assemble(bytes, bytes, at, end);
    at = end;
  }
  throw new TypeError('Not a document with an id');
}

/** The document with this id before all else, whichever it has. */
export function withIdFirst(doc: Doc, id: Value): Doc {
  const { bytes } = doc;
  if (bytes) {
    const element = encode(Doc.fromLists(['_id'], [id]));
    return assemble(bytes, element, headBytes, element.length - 1);
  }
  const names = ['_id'];
  const values = [id];
  for (const [name, value] of doc.entries()) {
    if (name === '_id') continue;
    names.push(name);
    values.push(value);
  }
  return Doc.fromLists(names, values);
}

export function elementEnd(bytes: Buffer, element: number): number {
  let at = element + 1;
  while (bytes[at] !== 0) at++;
  return at + 1 + sizeOf(bytes, bytes[element] as number, at + 1);
}

/** One element of `source`, then all elements of the document that are no `_id`. */
export function assemble(bytes: Buffer, source: Buffer, start: number, end: number): Doc {
  const made = Buffer.allocUnsafe(bytes.length + end - start);
  let length = headBytes + source.copy(made, headBytes, start, end);
  const last = bytes.length - 1;
  let from = headBytes;
  for (let at = headBytes; at < last;) {
    const next = elementEnd(bytes, at);
    if (isId(bytes, at, last)) {
      length += bytes.copy(made, length, from, at);
      from = next;
    }
    at = next;
  }
  length += bytes.copy(made, length, from);
  made.writeInt32LE(length, 0);
  return Doc.fromBytes(made);
}
