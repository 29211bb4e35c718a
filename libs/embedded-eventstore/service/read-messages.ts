import { fieldSize, ProtoWriter, varintFieldSize } from '../wire/proto-writer.js';

/** The kinds of `ReadResp` beside events. */
function message(field: number, content: Buffer): Buffer {
  const writer = new ProtoWriter(Buffer.allocUnsafe(fieldSize(content.length)));
  writer.bytesField(field, content);
  return writer.bytes;
}

export function confirmation(subscriptionId: string): Buffer {
  const writer = new ProtoWriter(Buffer.allocUnsafe(fieldSize(subscriptionId.length)));
  writer.asciiField(1, subscriptionId);
  return message(2, writer.bytes);
}

export function checkpoint(position: number): Buffer {
  const writer = new ProtoWriter(Buffer.allocUnsafe(2 * varintFieldSize(position)));
  writer.varintField(1, position);
  writer.varintField(2, position);
  return message(3, writer.bytes);
}

export const streamNotFound = (identifier: Uint8Array): Buffer =>
  message(4, message(1, Buffer.from(identifier)));

export const caughtUp = message(8, Buffer.alloc(0));
export const fellBehind = message(9, Buffer.alloc(0));
