import { ServerCredentials, type Server } from '@grpc/grpc-js';
import { createServer as createHttpServer, type ServerResponse } from 'node:http';
import { createServer, type Socket } from 'node:net';

/** Every HTTP/2 connection begins with `PRI * HTTP/2.0`; no method of HTTP/1 begins with these three letters. */
const prefaceBegins = 'PRI';

/** Clients send their first bytes at once. */
const firstBytesWithinMs = 60_000;

const refusal =
  'Not implemented: the embedded event store speaks gRPC only (docs/reference/embedded-eventstore.md)';

export interface FrontDoor {
  readonly port: number;
  close(): void;
}

/**
 * One port for gRPC and for those who come with HTTP/1.1: browsers, scripts, and clients of EventStoreDB, which use its older
 * interface for what a server does not announce over gRPC. They are told so in their own protocol instead of being sent frames
 * that they take for a broken server.
 */
export function openFrontDoor(grpc: Server, host: string, port: number): Promise<FrontDoor> {
  const http2 = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const http1 = createHttpServer((_request, response) => {
    refuse(response);
  });
  const open = new Set<Socket>();
  const door = createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    onFirstBytes(socket, (isHttp2) => {
      if (isHttp2) http2.injectConnection(socket);
      else http1.emit('connection', socket);
    });
  });
  const close = () => {
    door.close();
    http1.close();
    for (const socket of open) socket.destroy();
  };
  return new Promise((resolve, reject) => {
    door.once('error', reject);
    door.listen(port, host, () => {
      const address = door.address();
      resolve({ port: typeof address === 'object' && address ? address.port : port, close });
    });
  });
}

/** Looks at the first bytes and puts them back for whoever takes the connection over. */
function onFirstBytes(socket: Socket, decide: (isHttp2: boolean) => void): void {
  let first = Buffer.alloc(0);
  const giveUp = () => socket.destroy();
  const look = () => {
    const bytes = socket.read() as Buffer | null;
    if (!bytes) return;
    first = Buffer.concat([first, bytes]);
    const begins = first.toString('latin1', 0, prefaceBegins.length);
    if (begins.length < prefaceBegins.length && prefaceBegins.startsWith(begins)) return;
    socket.off('readable', look).off('error', giveUp).off('timeout', giveUp).setTimeout(0);
    socket.unshift(first);
    decide(begins === prefaceBegins);
  };
  socket.setTimeout(firstBytesWithinMs).on('timeout', giveUp).on('error', giveUp).on('readable', look);
}

/** The client of EventStoreDB shows the reason phrase, and nothing of the body. */
function refuse(response: ServerResponse): void {
  response.writeHead(501, refusal, { 'content-type': 'text/plain', connection: 'close' });
  response.end(`${refusal}\n`);
}
