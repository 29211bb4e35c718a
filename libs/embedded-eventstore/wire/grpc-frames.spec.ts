import fc from 'fast-check';
import { GrpcFrames, MessageTooLargeError } from './grpc-frames.js';

function frame(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

describe('the frames of a call', () => {
  it('give the messages that were sent, in whatever pieces they arrive', () => {
    const message = fc.uint8Array({ maxLength: 40 });
    const cuts = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), cuts, (messages, sizes) => {
        const sent = Buffer.concat(messages.map(frame));
        const frames = new GrpcFrames(1000);
        const taken: string[] = [];
        for (let at = 0, n = 0; at < sent.length; n++) {
          const end = at + (sizes[n % sizes.length] ?? 1);
          frames.push(sent.subarray(at, end), (bytes) => taken.push(bytes.toString('hex')));
          at = end;
        }
        expect(taken).toEqual(messages.map((bytes) => Buffer.from(bytes).toString('hex')));
      }),
      { numRuns: 500 },
    );
  });

  it('refuse a message above the largest as soon as its length has come, and take the largest', () => {
    const head = frame(Buffer.alloc(1001)).subarray(0, 5);
    expect(() => {
      new GrpcFrames(1000).push(head, () => undefined);
    }).toThrow(MessageTooLargeError);
    const taken: number[] = [];
    new GrpcFrames(1000).push(frame(Buffer.alloc(1000)), ({ length }) => taken.push(length));
    expect(taken).toEqual([1000]);
  });
});
