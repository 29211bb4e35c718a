import shared from '@eventstore/db-client/generated/shared_pb.js';
import { status } from '@grpc/grpc-js';
import type { AppendAnswer } from '../storage/group-commit.js';
import type { AppendTarget } from '../wire/append-requests.js';
import { fieldSize, ProtoWriter, varintFieldSize } from '../wire/proto-writer.js';
import { maxAppendSize } from './append-limits.js';
import type { CallError } from './errors.js';

const empty = Buffer.alloc(0);

export function batchAnswer(correlationId: Buffer, target: AppendTarget, answer: AppendAnswer): Buffer {
  switch (answer.kind) {
    case 'appended':
      return withEcho(correlationId, target, 3, success(answer.lastRevision, answer.position));
    case 'wrong-expected-version':
      return batchError(correlationId, target, status.FAILED_PRECONDITION, 'WrongExpectedVersion', {
        type: 'WrongExpectedVersion',
        content: wrongExpectedVersion(target, answer.current),
      });
    case 'too-late':
      return batchError(correlationId, target, status.DEADLINE_EXCEEDED, 'Timeout', {
        type: 'Timeout',
        content: empty,
      });
    case 'not-stored':
      return batchError(
        correlationId,
        target,
        status.RESOURCE_EXHAUSTED,
        `The events could not be written to the disk: ${answer.reason}`,
        {
          type: 'Unknown',
          content: empty,
        },
      );
  }
}

export function batchRefusal(correlationId: Buffer, target: AppendTarget, refusal: CallError): Buffer {
  const tooLarge = refusal.metadata.get('exception')[0] === 'maximum-append-size-exceeded';
  return batchError(
    correlationId,
    target,
    refusal.code,
    refusal.details,
    tooLarge ? sizeExceeded() : badRequest(refusal.details),
  );
}

/** The answer that every append gets is written by hand: it is sent thousands of times a second. */
function success(lastRevision: number | undefined, position: number | undefined): Buffer {
  const place = position === undefined ? 0 : 2 * varintFieldSize(position);
  const size = (lastRevision === undefined ? 2 : varintFieldSize(lastRevision)) + fieldSize(place);
  const writer = new ProtoWriter(Buffer.allocUnsafe(size));
  if (lastRevision === undefined) writer.open(2, 0);
  else writer.varintField(1, lastRevision);
  writer.open(position === undefined ? 4 : 3, place);
  if (position !== undefined) {
    writer.varintField(1, position);
    writer.varintField(2, position);
  }
  return writer.bytes;
}

/** Clients find the waiting append by the correlation id, and its stream by the identifier, in what is sent back to them. */
function withEcho(
  correlationId: Buffer,
  { echo }: AppendTarget,
  resultField: number,
  result: Buffer,
): Buffer {
  const expectation = echo.expectedField === 0 ? 0 : expectationSize(echo);
  const size =
    fieldSize(correlationId.length) +
    fieldSize(result.length) +
    fieldSize(echo.identifier.length) +
    expectation;
  const writer = new ProtoWriter(Buffer.allocUnsafe(size));
  writer.bytesField(1, correlationId);
  writer.bytesField(resultField, result);
  writer.bytesField(4, echo.identifier);
  // Fields 2 to 5 of the request's options are 5 to 8 of the answer.
  if (echo.expectedBytes) writer.bytesField(echo.expectedField + 3, echo.expectedBytes);
  else if (echo.expectedRevision !== undefined) writer.varintField(5, echo.expectedRevision);
  return writer.bytes;
}

const expectationSize = (echo: AppendTarget['echo']): number =>
  echo.expectedBytes ? fieldSize(echo.expectedBytes.length) : varintFieldSize(echo.expectedRevision ?? 0);

interface Details {
  readonly type: string;
  readonly content: Uint8Array;
}

function batchError(
  correlationId: Buffer,
  target: AppendTarget,
  code: status,
  message: string,
  details: Details,
): Buffer {
  const any = [
    bytesField(1, Buffer.from(`type.googleapis.com/event_store.client.${details.type}`)),
    bytesField(2, details.content),
  ];
  const error = [
    varintField(1, code),
    bytesField(2, Buffer.from(message)),
    bytesField(3, Buffer.concat(any)),
  ];
  return withEcho(correlationId, target, 2, Buffer.concat(error));
}

function wrongExpectedVersion({ expected, echo }: AppendTarget, current: number | undefined): Buffer {
  const is = current === undefined ? bytesField(2, empty) : varintField(1, current);
  return Buffer.concat([
    is,
    typeof expected === 'number'
      ? varintField(3, echo.expectedRevision ?? expected)
      : bytesField(expectedFields[expected], empty),
  ]);
}

const expectedFields = { any: 4, 'stream-exists': 5, 'no-stream': 6 } as const;

function bytesField(field: number, content: Uint8Array): Buffer {
  const writer = new ProtoWriter(Buffer.allocUnsafe(fieldSize(content.length)));
  writer.bytesField(field, content);
  return writer.bytes;
}

function varintField(field: number, value: number | bigint): Buffer {
  const writer = new ProtoWriter(Buffer.allocUnsafe(varintFieldSize(value)));
  writer.varintField(field, value);
  return writer.bytes;
}

function sizeExceeded(): Details {
  const message = new shared.MaximumAppendSizeExceeded();
  message.setMaxappendsize(maxAppendSize);
  return { type: 'MaximumAppendSizeExceeded', content: message.serializeBinary() };
}

function badRequest(text: string): Details {
  const message = new shared.BadRequest();
  message.setMessage(text);
  return { type: 'BadRequest', content: message.serializeBinary() };
}
