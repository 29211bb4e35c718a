import { crc32 } from 'node:zlib';
import { InvalidBsonError } from '../bson/errors.js';

const size = 4;

/** One document after another is made ready in it: the storage copies a value when it is put. */
let room = Buffer.allocUnsafeSlow(64 * 1024);
const largestKept = 1024 * 1024;

/**
 * A document as it is stored: its bytes, which state their length, and a CRC-32 of them, which readers pass by. Only a check
 * looks at it.
 * @returns a view that the next call overwrites
 */
export function withChecksum(document: Buffer): Buffer {
  const { length } = document;
  if (length + size > room.length) {
    const larger = Buffer.allocUnsafeSlow(2 * (length + size));
    if (larger.length > largestKept) return fill(larger, document);
    room = larger;
  }
  return fill(room, document);
}

function fill(stored: Buffer, document: Buffer): Buffer {
  const { length } = document;
  document.copy(stored);
  stored.writeUInt32LE(crc32(document), length);
  return stored.subarray(0, length + size);
}

/** The document of a stored value; the first format had no checksum. */
export function checked(stored: Buffer): Buffer {
  const stated = stored.length < 5 ? 0 : stored.readInt32LE(0);
  if (stated !== stored.length - size) return stored;
  const document = stored.subarray(0, stated);
  if (crc32(document) !== stored.readUInt32LE(stated))
    throw new InvalidBsonError('its content is not what was written: the checksum differs');
  return document;
}
