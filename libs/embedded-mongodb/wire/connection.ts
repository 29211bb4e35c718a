import type { Socket } from 'node:net';
import { InvalidBsonError } from '../bson/errors.js';
import type { Doc } from '../bson/doc.js';
import { Frames } from './frames.js';
import { composeReply, parseMessage, requestIdOf, type Request } from './message.js';

/** Answers a request; never rejects. */
export type Handler = (request: Request, connection: number) => Promise<Doc>;

/** Somebody who began a message and fell silent. */
const halfMessageMs = 60_000;

/** One client: requests are answered one after another; while one is at work, no more than the next is read. */
export function serveConnection(
  socket: Socket,
  id: number,
  handle: Handler,
  errorAnswer: (error: unknown) => Doc,
): void {
  const frames = new Frames();
  const queue: Buffer[] = [];
  let busy = false;
  let silence: NodeJS.Timeout | undefined;
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    clearTimeout(silence);
    queue.length = 0;
  });
  socket.on('data', (chunk: Buffer) => {
    clearTimeout(silence);
    try {
      queue.push(...frames.push(chunk));
    } catch {
      socket.destroy();
      return;
    }
    if (frames.unfinished) silence = setTimeout(() => socket.destroy(), halfMessageMs).unref();
    if (!busy && queue.length > 0) void work();
    // Who asks one thing at a time is never made to wait for the socket.
    if (busy && queue.length > 0) socket.pause();
  });

  const work = async (): Promise<void> => {
    busy = true;
    for (let message = queue.shift(); message && !socket.destroyed; message = queue.shift()) {
      const reply = await answer(message);
      if (reply && socket.writable && !socket.write(reply)) await drained(socket);
    }
    busy = false;
    if (socket.isPaused()) socket.resume();
  };

  const answer = async (message: Buffer): Promise<Buffer | undefined> => {
    let request: Request;
    try {
      request = parseMessage(message);
    } catch (error) {
      if (error instanceof InvalidBsonError)
        return composeReply(errorAnswer(error), requestIdOf(message), false);
      socket.destroy();
      return undefined;
    }
    const reply = await handle(request, id);
    if (request.unacknowledged) return undefined;
    try {
      return composeReply(reply, request.requestId, request.legacy);
    } catch (error) {
      return composeReply(errorAnswer(error), request.requestId, request.legacy);
    }
  };
}

const drained = (socket: Socket): Promise<void> =>
  new Promise((done) => {
    const over = () => {
      socket.off('drain', over);
      socket.off('close', over);
      done();
    };
    socket.on('drain', over);
    socket.on('close', over);
  });
