import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, stat, unlink, type FileHandle } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { asFolderError, FolderInUseError } from './folder-errors.js';

/**
 * Exclusive ownership of a data folder, as a listening socket inside it.
 *
 * Node has no flock, and we want no native add-on for it. A file with a process id goes stale when its owner is killed, and an
 * id means nothing once it is reused or seen from another container. A listening Unix socket is let go by the kernel in the
 * moment its owner dies, however it dies, and any process that reaches the folder can ask it.
 *
 * Every contender listens on a socket of its own name first and only then looks for others (the classic flag protocol): of two
 * at once, the one that listened later necessarily sees the earlier. Both may see each other; then both step back and try
 * again after a random pause. Dead sockets are swept by the owner only; a contender whose own socket vanished starts over.
 */
export interface FolderLock {
  readonly dir: string;
  release(): Promise<void>;
}

const lockName = /^lock-[0-9a-f]+\.sock$/;
/** sun_path holds 104 bytes on the smallest of the platforms. */
const longestSocketPath = 100;

export const isLockFile = (name: string): boolean => lockName.test(name);

/** @param patienceMs how long a folder in use is asked again: children of a process killed just now need a moment to vanish. */
export async function lockFolder(dir: string, patienceMs = 3000): Promise<FolderLock> {
  const folder = resolve(dir);
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const lock = await tryLock(folder);
    if (lock) return lock;
    if (Date.now() >= deadline) throw new FolderInUseError(folder);
    await pause(20 + Math.random() * 80);
  }
}

async function tryLock(dir: string): Promise<FolderLock | undefined> {
  const name = `lock-${randomBytes(8).toString('hex')}.sock`;
  const sockets = await socketFolder(dir);
  let server: Server | undefined;
  const release = async () => {
    if (server) await close(server);
    server = undefined;
    await sockets.close();
  };
  try {
    server = await listen(sockets.path(name));
    const others = (await readdir(dir)).filter((entry) => isLockFile(entry) && entry !== name);
    const alive = await Promise.all(others.map((other) => isListening(sockets.path(other))));
    const owned = !alive.includes(true) && (await exists(join(dir, name)));
    if (!owned) {
      await release();
      return undefined;
    }
    await Promise.all(others.map((other) => unlink(join(dir, other)).catch(() => undefined)));
    return { dir, release };
  } catch (error) {
    await release();
    throw asFolderError(dir, error);
  }
}

interface SocketFolder {
  path(name: string): string;
  close(): Promise<void>;
}

/** Paths of sockets are short by law of the kernel; a deep folder is reached through an open descriptor instead. */
async function socketFolder(dir: string): Promise<SocketFolder> {
  let handle: FileHandle | undefined;
  try {
    await mkdir(dir, { recursive: true });
    if (Buffer.byteLength(dir) + 40 > longestSocketPath && process.platform === 'linux')
      handle = await open(dir, 'r');
  } catch (error) {
    throw asFolderError(dir, error);
  }
  const base = handle ? `/proc/self/fd/${handle.fd}` : dir;
  return { path: (name) => join(base, name), close: async () => handle?.close() };
}

function listen(path: string): Promise<Server> {
  return new Promise((done, failed) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', failed);
    server.listen(path, () => {
      server.off('error', failed);
      // A lock alone must not keep its process alive, nor may a failed accept (descriptors used up) end it.
      server.on('error', () => undefined);
      server.unref();
      done(server);
    });
  });
}

/** Closing unlinks the socket's file. */
const close = (server: Server): Promise<void> =>
  new Promise((done) =>
    server.close(() => {
      done();
    }),
  );

/** Anything but a clear "nobody listens" counts as alive: a full backlog, a socket of another user. */
function isListening(path: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      done(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT');
    });
  });
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
