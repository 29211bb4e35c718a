import { isCommandError } from '@eventstore/db-client';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { offered, overGrpc, overHttp, testedElsewhere, unasked, type Calls } from './client-operations.js';
import { errorOf, type EventStoreUnderTest } from './harness.js';

type Refusal = Readonly<Record<string, unknown>>;

const kinds: readonly (readonly [calls: Calls, refusal: Refusal])[] = [
  [overGrpc, { type: 'unknown', code: 12, message: expect.stringContaining('does not implement') }],
  [overHttp, { type: 'unknown', message: expect.stringContaining('Not implemented: the embedded event') }],
  [unasked, { type: 'unsupported', message: expect.stringContaining('requires server version') }],
];

async function answerTo(port: number, pieces: readonly string[]): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const closed = once(socket, 'close');
  let said = '';
  socket.on('data', (bytes) => (said += bytes.toString('latin1')));
  for (const piece of pieces) {
    socket.write(piece);
    await pause(20);
  }
  await closed;
  return said;
}

export function unimplementedContract({ client, url }: EventStoreUnderTest): void {
  describe('not implemented, and not advertised', () => {
    it("is every operation of the client that is not in the subset, each with an error of the client's own", async () => {
      const refused = kinds.flatMap(([calls, refusal]) =>
        Object.entries(calls).map(([name, call]) => ({ name, call, refusal })),
      );
      expect([...testedElsewhere, ...refused.map(({ name }) => name)].sort()).toEqual(offered().sort());
      for (const { name, call, refusal } of refused) {
        const error = await errorOf(call(client()));
        expect([name, isCommandError(error), error]).toEqual([name, true, expect.objectContaining(refusal)]);
      }
    });

    it('is anything asked for over HTTP/1.1, in whatever pieces it comes', async () => {
      const port = Number(new URL(url().replace(/^\w+:/, 'http:')).port);
      const said = await answerTo(port, ['P', 'OS', 'T /subscriptions/restart HTTP/1.1\r\nHost: x\r\n\r\n']);
      expect(said).toMatch(/^HTTP\/1\.1 501 Not implemented: the embedded event store speaks gRPC only/);
    });
  });
}
