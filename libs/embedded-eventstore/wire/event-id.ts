import { ProtoReader } from './proto-reader.js';

const canonical = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * `event_store.client.UUID`, which clients send as text or as two 64-bit halves, as the 36 characters of its text.
 * @returns undefined for anything that names no event: not a UUID, or the empty one.
 */
export function readUuid(message: Buffer): string | undefined {
  const reader = new ProtoReader(message);
  let text = '';
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) text = readHalves(reader.message());
    else if (field === 2) text = reader.text();
    else reader.skip();
  }
  return canonical.test(text) && text !== nobody ? text.toLowerCase() : undefined;
}

function readHalves(reader: ProtoReader): string {
  let most = 0n;
  let least = 0n;
  for (let field = reader.next(); field !== 0; field = reader.next()) {
    if (field === 1) most = reader.int64();
    else if (field === 2) least = reader.int64();
    else reader.skip();
  }
  const bytes = Buffer.alloc(16);
  bytes.writeBigInt64BE(most, 0);
  bytes.writeBigInt64BE(least, 8);
  return uuidText(bytes);
}

export function uuidText(bytes: Buffer, offset = 0): string {
  const hex = bytes.toString('hex', offset, offset + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const uuidBytes = (text: string): Buffer => Buffer.from(text.replaceAll('-', ''), 'hex');
