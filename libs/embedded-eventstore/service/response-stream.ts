import { Metadata, type ServerWritableStream, type StatusObject } from '@grpc/grpc-js';
import type { ServerHttp2Stream } from 'node:http2';
import { frameHeaderSize } from '../wire/stored-event.js';
import { http2StreamOf } from './http2-stream.js';

/**
 * The answer to a read call: whole pages of frames, with the reader's pace. grpc-js writes one HTTP/2 frame per message and waits
 * for each to leave, which is most of the cost of a read. A page of ready-made frames goes to the HTTP/2 stream in one write
 * instead, which the protocol allows; where there is no such stream, pages are sent message by message.
 */
export class ResponseStream {
  private readonly direct: ServerHttp2Stream | undefined;
  private resume: (() => void) | undefined;

  constructor(private readonly call: ServerWritableStream<unknown, Buffer>) {
    this.direct = http2StreamOf(call);
    if (this.direct) call.sendMetadata(new Metadata());
    const wake = () => {
      this.resume?.();
    };
    call.once('cancelled', wake);
    call.once('close', wake);
    call.on('drain', wake);
    this.direct?.on('drain', wake);
    // A reader that goes away mid-message is no error of ours.
    call.on('error', wake);
  }

  get isGone(): boolean {
    return this.call.cancelled || this.direct?.destroyed === true || this.direct?.closed === true;
  }

  /** Resolves when the reader is ready for more, or gone. */
  async sendFrames(frames: Buffer): Promise<void> {
    if (this.isGone) return;
    const flowing = this.direct ? this.direct.write(frames) : this.sendOneByOne(frames);
    if (!flowing) await this.drained();
  }

  send(message: Buffer): Promise<void> {
    const frame = Buffer.allocUnsafe(frameHeaderSize + message.length);
    frame[0] = 0;
    message.copy(frame, frame.writeUInt32BE(message.length, 1));
    return this.sendFrames(frame);
  }

  end(): void {
    if (!this.isGone) this.call.end();
  }

  fail(status: Partial<StatusObject>): void {
    if (!this.isGone) this.call.emit('error', status);
  }

  /** Waits for something that wakes it, or for the end of the call: it is over when its client or its connection went away. */
  async pausedUntil(register: (wake: () => void) => () => void): Promise<void> {
    if (this.isGone) return;
    let stopWaiting: (() => void) | undefined;
    await new Promise<void>((resume) => {
      this.resume = resume;
      stopWaiting = register(resume);
    });
    this.resume = undefined;
    stopWaiting?.();
  }

  private async drained(): Promise<void> {
    if (this.isGone) return;
    await new Promise<void>((resume) => {
      this.resume = resume;
    });
    this.resume = undefined;
  }

  private sendOneByOne(frames: Buffer): boolean {
    let flowing = true;
    for (let at = 0; at < frames.length;) {
      const end = at + frameHeaderSize + frames.readUInt32BE(at + 1);
      flowing = this.call.write(frames.subarray(at + frameHeaderSize, end));
      at = end;
    }
    return flowing;
  }
}
