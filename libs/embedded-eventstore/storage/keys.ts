import { uuidBytes } from '../wire/event-id.js';

/** Numbers of streams and revisions take 6 bytes each, big-endian, so that keys sort as numbers do. */
const numberSize = 6;
export const largestNumber = 2 ** 48 - 1;

/** (stream, revision): all of a stream's events lie side by side, and those of young streams at the end of the index. */
export function revisionKey(streamNumber: number, revision: number): Buffer {
  const key = Buffer.allocUnsafe(2 * numberSize);
  key.writeUIntBE(streamNumber, 0, numberSize);
  key.writeUIntBE(revision, numberSize, numberSize);
  return key;
}

export const streamOfKey = (key: Buffer): number => key.readUIntBE(0, numberSize);
export const revisionOfKey = (key: Buffer): number => key.readUIntBE(numberSize, numberSize);

/** (stream, event id). Led by the stream, random ids touch few pages of the index per commit. */
export function idKey(streamNumber: number, id: string): Buffer {
  const key = Buffer.allocUnsafe(numberSize + 16);
  key.writeUIntBE(streamNumber, 0, numberSize);
  uuidBytes(id).copy(key, numberSize);
  return key;
}

export function numberValue(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(numberSize);
  bytes.writeUIntBE(value, 0, numberSize);
  return bytes;
}

export const readNumber = (bytes: Buffer): number => bytes.readUIntBE(0, numberSize);
