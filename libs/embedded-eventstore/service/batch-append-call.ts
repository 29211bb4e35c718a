import { status, type ServerDuplexStream } from '@grpc/grpc-js';
import type { GroupCommit } from '../storage/group-commit.js';
import {
  readBatchAppendMessage,
  type AppendTarget,
  type BatchAppendMessage,
} from '../wire/append-requests.js';
import { AppendBuilder } from './append-rules.js';
import { batchAnswer, batchRefusal } from './batch-append-response.js';
import { CallError, invalidArgument, toStatus } from './errors.js';
import { MessageStream } from './message-stream.js';

/** Appends whose final message has not come, and bytes of appends not yet answered, that one call may hold. */
const mostOpen = 1000;
const mostPendingBytes = 16 * 1024 * 1024;

interface OpenAppend {
  readonly correlationId: Buffer;
  readonly target: AppendTarget;
  readonly builder: AppendBuilder;
}

/** `BatchAppend`: one long call that carries many appends, told apart by correlation id. */
export function handleBatchAppend(commits: GroupCommit) {
  return (call: ServerDuplexStream<BatchAppendMessage, Buffer>): void => {
    const batch = new BatchCall(call, commits);
    call.on('end', () => {
      batch.finish();
    });
    // A client that goes away: what it sent whole is carried out, its answers go nowhere.
    call.on('error', () => undefined);
  };
}

class BatchCall {
  private readonly open = new Map<string, OpenAppend>();
  private unanswered = 0;
  private pendingBytes = 0;
  private ended = false;
  private readonly stream: MessageStream<BatchAppendMessage>;

  constructor(
    call: ServerDuplexStream<BatchAppendMessage, Buffer>,
    private readonly commits: GroupCommit,
  ) {
    this.stream = new MessageStream(call, readBatchAppendMessage, (message) => {
      this.receive(message);
    });
    this.stream.onCalm(() => {
      this.resumeIfCalm();
    });
  }

  private receive(message: BatchAppendMessage): void {
    const key = message.correlationId.toString('latin1');
    let append = this.open.get(key);
    if (!append) {
      if (!message.target) {
        this.fail(invalidArgument('The first message of a correlation id must carry the options.'));
        return;
      }
      append = {
        correlationId: message.correlationId,
        target: message.target,
        builder: new AppendBuilder(message.target),
      };
      this.open.set(key, append);
    }
    const before = append.builder.bytes;
    for (const event of message.events) append.builder.add(event);
    this.pendingBytes += append.builder.bytes - before;
    if (message.isFinal) {
      this.open.delete(key);
      this.submit(append);
    } else if (this.open.size > mostOpen || (this.unanswered === 0 && this.pendingBytes > mostPendingBytes)) {
      this.fail(new CallError(status.RESOURCE_EXHAUSTED, 'Too many appends are open on this call.'));
      return;
    }
    if (this.isBusy()) this.stream.pause();
  }

  finish(): void {
    this.ended = true;
    if (this.unanswered === 0) this.stream.end();
  }

  private submit({ correlationId, target, builder }: OpenAppend): void {
    const { bytes } = builder;
    if (builder.refusal) {
      this.pendingBytes -= bytes;
      this.stream.send(batchRefusal(correlationId, target, builder.refusal));
      return;
    }
    this.unanswered++;
    const { stream, expected, deadline } = target;
    this.commits.append({ stream, expected, events: builder.events, deadline }, (answer) => {
      this.unanswered--;
      this.pendingBytes -= bytes;
      this.stream.send(batchAnswer(correlationId, target, answer));
      this.resumeIfCalm();
      if (this.ended && this.unanswered === 0) this.stream.end();
    });
  }

  /** Answers that are not read hold up requests, and so do requests that the disk has not caught up with. */
  private isBusy(): boolean {
    return this.pendingBytes > mostPendingBytes || this.stream.isBehind;
  }

  private resumeIfCalm(): void {
    if (!this.isBusy()) this.stream.resume();
  }

  private fail(error: CallError): void {
    this.open.clear();
    this.stream.fail(toStatus(error));
  }
}
