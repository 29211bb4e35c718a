import { createServer, type AddressInfo, type Server } from 'node:net';
import { startTestEngine } from '#libs/testing/embedded-engines.js';
import { startMisbehavingProxy } from '#libs/testing/misbehaving-proxy.js';
import { connectEventStore } from './connect-event-store.js';
import { EventStoreUnreachableError } from './event-store-errors.js';

describe('connecting to the event store', () => {
  const failure = async (url: string): Promise<Error> => {
    try {
      await (await connectEventStore({ url, connectTimeoutMs: 400 })).close();
    } catch (error) {
      return error as Error;
    }
    throw new Error('was not refused');
  };
  const listen = async (server: Server) => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  };

  it.each([
    'not a url',
    'http://127.0.0.1:2113',
    'esdb://',
    'esdb://host:port',
    'esdb://h:1?keepAliveInterval=x',
  ])('refuses "%s" and shows how one reads', async (url) => {
    const error = await failure(url);
    expect(error).toBeInstanceOf(EventStoreUnreachableError);
    expect(error.message).toContain('esdb://127.0.0.1:2113?tls=false');
    expect(error.message).toContain('EVENTSTORE_URL');
  });

  it('gives up on a port where nobody listens, and says what to do', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const error = await failure(`esdb://127.0.0.1:${port}?tls=false`);
    expect(error).toBeInstanceOf(EventStoreUnreachableError);
    expect(error.message).toMatch(/Start it, or correct EVENTSTORE_URL/);
  });

  it.each([
    ['says nothing', () => undefined],
    ['speaks another protocol', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
  ])('gives up on a server that %s', async (_, greeting) => {
    const sockets: { destroy(): void }[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      if (typeof greeting === 'string') socket.end(greeting);
    });
    const port = await listen(server);
    expect(await failure(`esdb://127.0.0.1:${port}?tls=false`)).toBeInstanceOf(EventStoreUnreachableError);
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it('never shows the password', async () => {
    const urls = ['esdb://ayse:secret-word@127.0.0.1:1?tls=false', 'esdb://ayse:secret-word@127.0.0.1:x'];
    for (const url of urls) expect((await failure(url)).message).not.toContain('secret-word');
  });

  it('waits for a server that is still starting', async () => {
    const engine = await startTestEngine('eventstore');
    const proxy = await startMisbehavingProxy(engine.port);
    proxy.refuse();
    const connecting = connectEventStore({ url: `esdb://127.0.0.1:${proxy.port}?tls=false` });
    setTimeout(() => {
      proxy.heal();
    }, 300);
    const store = await connecting;
    expect(await store.head(['complaint-'])).toBeUndefined();
    await store.close();
    await proxy.stop();
    await engine.stop();
  });
});
