import { type sendUnaryData, type ServerReadableStream } from '@grpc/grpc-js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { status } from '@grpc/grpc-js';
import type { AppendAnswer, GroupCommit } from '../storage/group-commit.js';
import type { AppendMessage, AppendTarget } from '../wire/append-requests.js';
import { AppendBuilder } from './append-rules.js';
import { CallError, invalidArgument, toStatus } from './errors.js';

/** `Append`: one call per append, its events in messages of their own. Clients use it when a call carries credentials. */
export function handleAppend(commits: GroupCommit) {
  return (call: ServerReadableStream<AppendMessage, Buffer>, reply: sendUnaryData<Buffer>): void => {
    let target: AppendTarget | undefined;
    let builder: AppendBuilder | undefined;
    let answered = false;
    const fail = (error: unknown) => {
      if (!answered) reply(toStatus(error), null);
      answered = true;
    };
    call.on('data', (message: AppendMessage) => {
      if (message.target) {
        target = message.target;
        builder = new AppendBuilder(target);
      } else if (!builder) fail(invalidArgument('The first message must carry the options.'));
      if (message.event) builder?.add(message.event);
    });
    call.on('error', fail);
    call.on('end', () => {
      if (answered) return;
      if (!target || !builder) {
        fail(invalidArgument('The request carries no options.'));
        return;
      }
      if (builder.refusal) {
        fail(builder.refusal);
        return;
      }
      const { stream, expected } = target;
      const to = target;
      commits.append({ stream, expected, events: builder.events, deadline: deadlineOf(call) }, (answer) => {
        if (answer.kind === 'not-stored') fail(notStored(answer.reason));
        else if (answer.kind === 'too-late')
          fail(new CallError(status.DEADLINE_EXCEEDED, 'Deadline exceeded'));
        else reply(null, appendResponse(to, answer));
      });
    });
  };
}

function deadlineOf(call: ServerReadableStream<AppendMessage, Buffer>): number | undefined {
  const deadline = call.getDeadline();
  return deadline instanceof Date ? deadline.getTime() : Number.isFinite(deadline) ? deadline : undefined;
}

export const notStored = (reason: string) =>
  new CallError(status.RESOURCE_EXHAUSTED, `The events could not be written to the disk: ${reason}`);

type Settled = Extract<AppendAnswer, { kind: 'appended' | 'wrong-expected-version' }>;

function appendResponse(target: AppendTarget, answer: Settled): Buffer {
  const response = new streams.AppendResp();
  if (answer.kind === 'appended') response.setSuccess(success(answer));
  else response.setWrongExpectedVersion(wrongExpectedVersion(target, answer.current));
  return Buffer.from(response.serializeBinary());
}

function success({ lastRevision, position }: Extract<Settled, { kind: 'appended' }>) {
  const message = new streams.AppendResp.Success();
  if (lastRevision === undefined) message.setNoStream(new shared.Empty());
  else message.setCurrentRevision(String(lastRevision));
  if (position === undefined) {
    message.setNoPosition(new shared.Empty());
    return message;
  }
  const place = new streams.AppendResp.Position();
  place.setCommitPosition(String(position));
  place.setPreparePosition(String(position));
  message.setPosition(place);
  return message;
}

function wrongExpectedVersion({ expected, echo }: AppendTarget, current: number | undefined) {
  const message = new streams.AppendResp.WrongExpectedVersion();
  if (current === undefined) message.setCurrentNoStream(new shared.Empty());
  else message.setCurrentRevision(String(current));
  switch (expected) {
    case 'any':
      message.setExpectedAny(new shared.Empty());
      break;
    case 'no-stream':
      message.setExpectedNoStream(new shared.Empty());
      break;
    case 'stream-exists':
      message.setExpectedStreamExists(new shared.Empty());
      break;
    default:
      message.setExpectedRevision(String(echo.expectedRevision));
  }
  return message;
}
