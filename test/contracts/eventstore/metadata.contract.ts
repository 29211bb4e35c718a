import { NO_STREAM, WrongExpectedVersionError } from '@eventstore/db-client';
import { anyStream, appended, collect, errorOf, type EventStoreUnderTest } from './harness.js';

export function metadataContract({ client }: EventStoreUnderTest): void {
  describe('stream metadata', () => {
    it('is read as it was written, and the latest counts', async () => {
      const stream = anyStream();
      await appended(client(), stream, 1);
      await client().setStreamMetadata(stream, { owner: 'first' });
      await client().setStreamMetadata(stream, {
        owner: 'second',
        cacheControl: 10,
        acl: { readRoles: ['ops'] },
      });
      const { metadata } = await client().getStreamMetadata(stream);
      expect(metadata).toEqual({ owner: 'second', cacheControl: 10, acl: { readRoles: ['ops'] } });
    });

    it('is absent from a stream that has none', async () => {
      const stream = anyStream();
      await appended(client(), stream, 1);
      expect((await client().getStreamMetadata(stream)).metadata).toBeUndefined();
    });

    it('can be set for a stream without events, which it does not create', async () => {
      const stream = anyStream();
      await client().setStreamMetadata(stream, { owner: 'early' });
      expect((await client().getStreamMetadata(stream)).metadata).toEqual({ owner: 'early' });
      await expect(collect(client().readStream(stream))).rejects.toMatchObject({ type: 'stream-not-found' });
    });

    it('takes an expected revision of its own, and refuses a wrong one', async () => {
      const stream = anyStream();
      await client().setStreamMetadata(stream, { n: 1 }, { expectedRevision: NO_STREAM });
      const error = await errorOf(
        client().setStreamMetadata(stream, { n: 2 }, { expectedRevision: NO_STREAM }),
      );
      expect(error).toBeInstanceOf(WrongExpectedVersionError);
      await client().setStreamMetadata(stream, { n: 2 }, { expectedRevision: 0n });
      expect((await client().getStreamMetadata(stream)).metadata).toEqual({ n: 2 });
    });
  });
}
