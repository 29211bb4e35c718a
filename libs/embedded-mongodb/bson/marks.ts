import { BsonType } from './bson-type.js';
import { isId } from './id-first.js';
import { sizeOf } from './read.js';
import { Doc, Timestamp } from './values.js';

/** What writing a document must know of its top level. */
export interface Marks {
  /** A field's name begins with `$`. */
  readonly dollar: boolean;
  /** A timestamp of zero, which the server fills in. */
  readonly emptyTimestamp: boolean;
  /** Where the first `_id` begins in the bytes, with its type; undefined where there is none, or there are no bytes. */
  readonly idAt: number | undefined;
}

const dollarSign = 0x24;

/** Without decoding what is still as it came: most documents are stored without anybody looking at their values. */
export function marksOf(doc: Doc): Marks {
  const { bytes } = doc;
  return bytes ? marksOfBytes(bytes) : marksOfFields(doc);
}

function marksOfFields({ keys, values }: Doc): Marks {
  return {
    dollar: keys.some((key) => key.startsWith('$')),
    emptyTimestamp: values.some((value) => value instanceof Timestamp && value.value === 0n),
    idAt: undefined,
  };
}

function marksOfBytes(bytes: Buffer): Marks {
  const end = bytes.length - 1;
  let dollar = false;
  let emptyTimestamp = false;
  let idAt: number | undefined;
  for (let at = 4; at < end;) {
    const type = bytes[at] as number;
    if (bytes[at + 1] === dollarSign) dollar = true;
    if (idAt === undefined && isId(bytes, at, end)) idAt = at;
    at++;
    while (bytes[at] !== 0) at++;
    at++;
    if (type === BsonType.timestamp && bytes.readBigUInt64LE(at) === 0n) emptyTimestamp = true;
    at += sizeOf(bytes, type, at);
  }
  return { dollar, emptyTimestamp, idAt };
}
