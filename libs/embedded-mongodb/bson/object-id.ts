import { randomBytes } from 'node:crypto';
import { ObjectIdValue } from './values.js';

const processPart = randomBytes(5);
let counter = randomBytes(3).readUIntBE(0, 3);

export function newObjectId(): ObjectIdValue {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(Math.floor(Date.now() / 1000));
  processPart.copy(bytes, 4);
  counter = (counter + 1) & 0xffffff;
  bytes.writeUIntBE(counter, 9, 3);
  return new ObjectIdValue(bytes.toString('latin1'));
}

let increment = 0;
let second = 0;

/** The server's own time as BSON's timestamp, never the same twice. */
export function nextTimestamp(): bigint {
  const now = Math.floor(Date.now() / 1000);
  increment = now === second ? increment + 1 : 1;
  second = now;
  return (BigInt(now) << 32n) | BigInt(increment);
}
