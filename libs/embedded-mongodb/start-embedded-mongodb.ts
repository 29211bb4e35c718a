import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { claimFormat, lockFolder } from '#libs/engine-host/index.js';
import { answer, errorAnswer } from './commands/dispatch.js';
import { Engine, mostConnections } from './engine.js';
import { makeReadable } from './storage/data-folder.js';
import { folderFormat, folderMigrations } from './storage/format.js';
import { serveConnection } from './wire/connection.js';

export interface EmbeddedMongodbOptions {
  readonly dataDir: string;
  /** 0: any free one. */
  readonly port: number;
  readonly host?: '127.0.0.1';
}

export interface EmbeddedMongodb {
  readonly port: number;
  readonly url: string;
  stop(): Promise<void>;
}

/** The document store on a loopback socket. It owns its folder until it is stopped. */
export async function startEmbeddedMongodb(options: EmbeddedMongodbOptions): Promise<EmbeddedMongodb> {
  const lock = await lockFolder(options.dataDir);
  let engine: Engine;
  try {
    await claimFormat(options.dataDir, folderFormat, folderMigrations);
    await makeReadable(options.dataDir);
    engine = new Engine(options.dataDir);
  } catch (error) {
    await lock.release();
    throw error;
  }
  engine.recover();
  const sockets = new Set<Socket>();
  let next = 1;
  const server = createServer({ noDelay: true }, (socket) => {
    const id = next++;
    sockets.add(socket);
    engine.peers.set(id, `${socket.remoteAddress ?? ''}:${socket.remotePort ?? 0}`);
    socket.once('close', () => {
      sockets.delete(socket);
      engine.peers.delete(id);
    });
    serveConnection(socket, id, (request) => answer(engine, request, id), errorAnswer);
  });
  server.maxConnections = mostConnections;
  const release = async () => {
    await engine.close();
    await lock.release();
  };
  try {
    server.listen(options.port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    await release();
    throw error;
  }
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `mongodb://127.0.0.1:${port}/`,
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
      await release();
    },
  };
}
