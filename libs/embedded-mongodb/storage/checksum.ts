import { crc32 } from 'node:zlib';
import { InvalidBsonError } from '../bson/errors.js';

const size = 4;

/**
 * A document as it is stored: its bytes, which state their length, and a CRC-32 of them, which readers pass by. Only a check
 * looks at it.
 */
export function withChecksum(document: Buffer): Buffer {
  const stored = Buffer.allocUnsafe(document.length + size);
  document.copy(stored);
  stored.writeUInt32LE(crc32(document), document.length);
  return stored;
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
