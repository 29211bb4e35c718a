import { EventStoreDBClient } from '@eventstore/db-client';
import { anyStream, appended, collect, errorOf, events, type EventStoreUnderTest } from './harness.js';

/** Protected in the client's types. */
interface Capabilities {
  readonly serverVersion: string;
  supports(method: { readonly path: string }): boolean;
}

export function clusterContract({ client, url }: EventStoreUnderTest): void {
  describe('what a client asks before its work', () => {
    it('is told by gossip where the leader is', async () => {
      const [host] = new URL(url().replace(/^\w+:/, 'http:')).host.split(',');
      const discovering = EventStoreDBClient.connectionString(`esdb+discover://${host!}?tls=false`);
      const stream = anyStream();
      await appended(discovering, stream, 2);
      expect(await collect(discovering.readStream(stream, { requiresLeader: true }))).toHaveLength(2);
      await discovering.dispose();
    });

    it('is told which methods are there, batch append among them', async () => {
      const capabilities = await (client() as unknown as { capabilities: Promise<Capabilities> })
        .capabilities;
      const path = (method: string) => ({ path: `/event_store.client.streams.Streams/${method}` });
      expect(capabilities.supports(path('BatchAppend'))).toBe(true);
      expect(capabilities.supports(path('Nonsense'))).toBe(false);
      expect(capabilities.serverVersion).toMatch(/^\d+\.\d+/);
    });

    it('keeps a deadline', async () => {
      const error = await errorOf(client().appendToStream(anyStream(), events(1), { deadline: -1000 }));
      expect(error).toMatchObject({ type: 'deadline-exceeded' });
      await client().appendToStream(anyStream(), events(1), { deadline: 10_000 });
    });
  });
}
