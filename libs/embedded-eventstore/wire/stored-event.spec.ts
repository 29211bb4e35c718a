import streams from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import { encodeStoredEvent, frameHeaderSize, frameOffset, idOf, withStructuredId } from './stored-event.js';
import { readStoredEvent } from './read-stored-event.js';

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));
const text = fc.string({ minLength: 1, maxLength: 200 }).map((string) => Buffer.from(string));
const proposed = fc.record({
  id: fc.uuid(),
  type: text,
  contentType: fc.constant(Buffer.from('application/json')),
  metadata: bytes(300),
  data: bytes(20_000),
});
const placed = fc.record({
  stream: text,
  revision: fc.integer({ min: 0, max: 2 ** 47 }),
  position: fc.integer({ min: 1, max: 2 ** 47 }),
  created: fc.constant('17638272000000000'),
});

const decode = (frame: Buffer) =>
  streams.ReadResp.deserializeBinary(new Uint8Array(frame.subarray(frameHeaderSize)))
    .getEvent()!
    .getEvent()!;

const plain = {
  id: '11111111-1111-4111-8111-111111111111',
  type: Buffer.from('T'),
  contentType: Buffer.from('x'),
  metadata: Buffer.alloc(0),
  data: Buffer.from('data'),
};

describe('a stored event', () => {
  it('is a frame that the generated classes read as what was proposed', () => {
    fc.assert(
      fc.property(proposed, placed, (event, place) => {
        const stored = encodeStoredEvent(event, place);
        const frame = stored.subarray(frameOffset(stored));
        expect(frame.readUInt32BE(1)).toBe(frame.length - frameHeaderSize);
        const read = decode(frame);
        expect(read.getId()!.getString()).toBe(event.id);
        expect(Buffer.from(read.getStreamIdentifier()!.getStreamName_asU8())).toEqual(place.stream);
        expect(read.getStreamRevision()).toBe(String(place.revision));
        expect(read.getCommitPosition()).toBe(String(place.position));
        expect(read.getPreparePosition()).toBe(String(place.position));
        expect(read.getMetadataMap().get('type')).toBe(event.type.toString());
        expect(read.getMetadataMap().get('created')).toBe(place.created);
        expect(Buffer.from(read.getData_asU8())).toEqual(event.data);
        expect(Buffer.from(read.getCustomMetadata_asU8())).toEqual(event.metadata);
      }),
    );
  });

  it('is read back by a check', () => {
    fc.assert(
      fc.property(proposed, placed, (event, place) => {
        const stored = encodeStoredEvent(event, place);
        expect(idOf(stored)).toBe(event.id);
        expect(readStoredEvent(stored)).toMatchObject({
          id: event.id,
          revision: place.revision,
          position: place.position,
        });
      }),
    );
  });

  it('differs in nothing but its id for a client that wants halves', () => {
    fc.assert(
      fc.property(proposed, placed, (event, place) => {
        const stored = encodeStoredEvent(event, place);
        const frame = withStructuredId(Buffer.from(stored.subarray(frameOffset(stored))));
        const read = decode(frame);
        const { ...halves } = read.getId()!.getStructured()!.toObject();
        const hex = (half: string) => BigInt.asUintN(64, BigInt(half)).toString(16).padStart(16, '0');
        expect(hex(halves.mostSignificantBits) + hex(halves.leastSignificantBits)).toBe(
          event.id.replaceAll('-', ''),
        );
        expect(read.getStreamRevision()).toBe(String(place.revision));
        expect(Buffer.from(read.getData_asU8())).toEqual(event.data);
      }),
    );
  });

  it('is found damaged when any of its lengths is wrong', () => {
    const stored = encodeStoredEvent(plain, {
      stream: Buffer.from('s'),
      revision: 0,
      position: 1,
      created: '0',
    });
    expect(readStoredEvent(stored).position).toBe(1);
    expect(() => readStoredEvent(stored.subarray(0, stored.length - 1))).toThrow();
    expect(() => readStoredEvent(Buffer.concat([stored, Buffer.from([0])]))).toThrow();
  });

  it('is found damaged when a bit of it is another', () => {
    const event = { ...plain, metadata: Buffer.from('{}') };
    const stored = encodeStoredEvent(event, {
      stream: Buffer.from('s'),
      revision: 3,
      position: 7,
      created: '0',
    });
    for (let bit = 0; bit < 8 * stored.length; bit++) {
      const rotten = Buffer.from(stored);
      rotten[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => readStoredEvent(rotten)).toThrow();
    }
  });

  it('is read and filtered without a checksum, as the first version wrote it', () => {
    const stored = encodeStoredEvent(plain, {
      stream: Buffer.from('s'),
      revision: 0,
      position: 1,
      created: '0',
    });
    const old = Buffer.concat([Buffer.from([1, 0, 1, 0]), stored.subarray(8)]);
    expect(readStoredEvent(old)).toEqual(readStoredEvent(stored));
    expect(idOf(old)).toBe(plain.id);
    expect(old.subarray(frameOffset(old))).toEqual(stored.subarray(frameOffset(stored)));
    const renamed = Buffer.from(old);
    renamed[4] = 0x74;
    expect(() => readStoredEvent(renamed)).toThrow(/another stream/);
  });
});
