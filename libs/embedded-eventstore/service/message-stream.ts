import { Metadata, status, type ServerDuplexStream, type StatusObject } from '@grpc/grpc-js';
import type { ServerHttp2Stream } from 'node:http2';
import { GrpcFrames, MessageTooLargeError } from '../wire/grpc-frames.js';
import { frameHeaderSize } from '../wire/stored-event.js';
import { maxMessageSize, receiveWindow } from './append-limits.js';
import { CallError, toStatus } from './errors.js';
import { http2StreamOf, isUncompressed } from './http2-stream.js';

/**
 * A long call with many small messages both ways. grpc-js takes each through a queue, a promise and a pause of its own, and
 * writes each answer by itself, which was a third of what an append cost. So messages are cut from the HTTP/2 stream as they
 * arrive, and answers that are given in one go leave in one write. Where the stream is not to be had, grpc-js does it its way.
 */
export class MessageStream<Message> {
  private readonly direct: ServerHttp2Stream | undefined;
  private answers: Buffer[] = [];
  private failed = false;
  private paused = false;

  constructor(
    private readonly call: ServerDuplexStream<Message, Buffer>,
    private readonly parse: (bytes: Buffer) => Message,
    private readonly receive: (message: Message) => void,
  ) {
    this.direct = isUncompressed(call) ? http2StreamOf(call) : undefined;
    if (this.direct) this.readFrom(this.direct);
    else call.on('data', receive);
  }

  /** The client reads its answers slower than they come. */
  get isBehind(): boolean {
    return (this.direct ?? this.call).writableNeedDrain;
  }

  onCalm(resume: () => void): void {
    (this.direct ?? this.call).on('drain', resume);
  }

  pause(): void {
    this.paused = true;
    (this.direct ?? this.call).pause();
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    (this.direct ?? this.call).resume();
  }

  send(message: Buffer): void {
    if (this.call.cancelled || this.failed) return;
    if (!this.direct) {
      this.call.write(message);
      return;
    }
    if (this.answers.length === 0)
      queueMicrotask(() => {
        this.flush();
      });
    this.answers.push(message);
  }

  end(): void {
    this.flush();
    this.call.end();
  }

  fail(error: Partial<StatusObject>): void {
    if (this.failed) return;
    this.flush();
    this.failed = true;
    this.call.emit('error', error);
  }

  private readFrom(direct: ServerHttp2Stream): void {
    const frames = new GrpcFrames(maxMessageSize);
    direct.removeAllListeners('data');
    direct.on('data', (chunk: Buffer) => {
      if (this.failed || this.call.cancelled) return;
      try {
        frames.push(chunk, (bytes) => {
          this.take(bytes);
        });
      } catch (error) {
        if (!(error instanceof MessageTooLargeError)) throw error;
        this.fail(toStatus(new CallError(status.RESOURCE_EXHAUSTED, error.message)));
      }
    });
    direct.session?.setLocalWindowSize(receiveWindow);
    // The end of the request still comes by grpc-js.
    this.call.resume();
  }

  private take(bytes: Buffer): void {
    if (this.failed) return;
    let message: Message;
    try {
      message = this.parse(bytes);
    } catch {
      this.fail(toStatus(new CallError(status.INTERNAL, 'Error deserializing request')));
      return;
    }
    this.receive(message);
  }

  private flush(): void {
    const { direct, answers } = this;
    if (!direct || answers.length === 0) return;
    this.answers = [];
    if (direct.destroyed || direct.closed) return;
    if (!direct.headersSent) this.call.sendMetadata(new Metadata());
    const frames = Buffer.allocUnsafe(
      answers.reduce((bytes, { length }) => bytes + frameHeaderSize + length, 0),
    );
    let at = 0;
    for (const answer of answers) {
      frames[at] = 0;
      at = frames.writeUInt32BE(answer.length, at + 1);
      at += answer.copy(frames, at);
    }
    direct.write(frames);
  }
}
