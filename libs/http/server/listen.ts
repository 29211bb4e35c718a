import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { answerUnreadableRequests } from './unreadable-request.js';

/** The address cannot be listened on; the message says which setting to change. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  readonly logSafe = true;
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

export interface Listening {
  readonly port: number;
  /** Without a slash at the end. */
  readonly url: string;
  /** Lets running requests end (at most `graceMs`), then closes connections and the application. */
  close(graceMs?: number): Promise<void>;
}

export interface ListenOptions {
  /** How long one request may take to arrive; a long import needs more than the default of 5 minutes. */
  readonly requestTimeoutMs?: number;
}

/** @throws ListenError when the address is taken or not ours */
export async function listen(
  app: NestExpressApplication,
  host: string,
  port: number,
  options: ListenOptions = {},
): Promise<Listening> {
  const server: Server = app.getHttpServer();
  // Longer than the minute for which most proxies keep their connections, or they would meet closed ones.
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = 60_000;
  server.requestTimeout = options.requestTimeoutMs ?? 300_000;
  server.maxConnections = 10_000;
  answerUnreadableRequests(server);
  await bind(server, host, port);
  const bound = (server.address() as AddressInfo).port;
  const shownHost = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return {
    port: bound,
    url: `http://${shownHost}:${bound}`,
    close: (graceMs = 10_000) => closeWithin(app, server, graceMs),
  };
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => {
      reject(asListenError(error, host, port));
    };
    server.once('error', failed);
    server.listen({ host, port }, () => {
      server.off('error', failed);
      resolve();
    });
  });
}

function asListenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ListenError(
        error.code,
        `Port ${port} on ${host} is taken by another program. Stop that one, or set PORT to another port (0: any free one).`,
      );
    case 'EACCES':
      return new ListenError(
        error.code,
        `Port ${port} on ${host} may not be used by this user. Set PORT to a port from 1024 on.`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new ListenError(
        error.code,
        `${host} is not an address of this machine. Set HOST to one, such as 127.0.0.1.`,
      );
    default:
      return error;
  }
}

async function closeWithin(app: NestExpressApplication, server: Server, graceMs: number): Promise<void> {
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, graceMs);
  try {
    server.closeIdleConnections();
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}
