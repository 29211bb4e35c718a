import { Server } from '@grpc/grpc-js';
import { randomUUID } from 'node:crypto';
import { claimFormat, lockFolder, type EngineOptions, type RunningEngine } from '#libs/engine-host/index.js';
import { maxMessageSize, receiveWindow } from './service/append-limits.js';
import { CommitSignal } from './service/commit-signal.js';
import { openFrontDoor } from './service/front-door.js';
import { addServices } from './service/services.js';
import { diskOf } from './storage/disk.js';
import { folderFormat, folderMigrations, openLog } from './storage/folder.js';
import { GroupCommit } from './storage/group-commit.js';

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** Calls under way on one connection, subscriptions among them. */
const mostStreams = 10_000;

/**
 * Keepalive finds connections whose other side vanished without a word. A client needs a minute at most to answer a ping, so
 * only one that is gone, or stopped for good, is dropped.
 */
const serverOptions = {
  'grpc.max_receive_message_length': maxMessageSize,
  'grpc.max_send_message_length': -1,
  'grpc.keepalive_time_ms': 20_000,
  'grpc.keepalive_timeout_ms': 40_000,
  'grpc.max_concurrent_streams': mostStreams,
};

export interface EventStoreOptions extends EngineOptions {
  readonly host?: string;
}

/** Opens the log of a folder, which it then owns, and serves it on a loopback port. */
export async function startEmbeddedEventStore(options: EventStoreOptions): Promise<RunningEngine> {
  const host = options.host ?? '127.0.0.1';
  // No TLS and no users: whoever reaches the socket may read and write everything.
  if (!loopback.has(host))
    throw new Error(`The embedded event store listens on loopback only, not on ${host}.`);
  const lock = await lockFolder(options.dataDir);
  try {
    await claimFormat(lock.dir, folderFormat, folderMigrations);
    const log = await openLog(lock.dir);
    const signal = new CommitSignal();
    const commits = new GroupCommit(
      log,
      (streams) => {
        signal.committed(streams);
      },
      diskOf(lock.dir),
      failFast,
    );
    const server = new Server(serverOptions);
    tuneHttp2(server);
    let port = 0;
    addServices(server, { log, commits, signal, instanceId: randomUUID(), host, port: () => port });
    const door = await openFrontDoor(server, host, options.port).catch(async (error: unknown) => {
      await log.close();
      throw error;
    });
    port = door.port;
    const stop = async () => {
      // Subscriptions never end by themselves: there is nothing to wait for but commits.
      server.forceShutdown();
      door.close();
      await commits.idle();
      await log.close();
      await lock.release();
    };
    return { port, stop };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/**
 * A client that ends many subscriptions at once resets as many streams. Node takes more than 1,000 at once, or then more than 33
 * a second, for an attack (CVE-2023-44487) and drops the connection with everything on it. Whoever reaches a loopback socket may
 * open and end what it likes, so the limit is the number of streams that a connection may have. Node 20 knows no such option and
 * passes it by. grpc-js has options neither for it nor for the window; where its private field is not found, Node's limits stay.
 */
function tuneHttp2(server: Server): void {
  const { commonServerOptions: http2 } = server as unknown as { commonServerOptions?: Http2Options };
  if (!http2) return;
  Object.assign(http2, { streamResetBurst: mostStreams, streamResetRate: mostStreams });
  http2.settings = { ...http2.settings, initialWindowSize: receiveWindow };
}

interface Http2Options {
  settings?: Record<string, unknown>;
}

/** After a failed flush nobody knows what is on the disk. Starting again finds out; going on would guess. */
function failFast(error: unknown): void {
  process.stderr.write(
    `The event store's disk failed: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
}
