import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';
import {
  CONSISTENCY_TOKEN,
  IDEMPOTENCY_KEY,
  IF_MATCH,
  readConsistencyToken,
  readIdempotencyKey,
  readIfMatch,
} from './request-headers.js';

function headerParam(name: string, read: (header: string | undefined) => unknown): () => ParameterDecorator {
  return createParamDecorator((_data: unknown, context: ExecutionContext): unknown =>
    read(context.switchToHttp().getRequest<Request>().get(name)),
  );
}

/** `string | undefined` */
export const IdempotencyKey = headerParam(IDEMPOTENCY_KEY, readIdempotencyKey);
/** The expected revision, `number | undefined` */
export const IfMatch = headerParam(IF_MATCH, readIfMatch);
/** The position to wait for, `string | undefined` */
export const ConsistencyToken = headerParam(CONSISTENCY_TOKEN, readConsistencyToken);

/** Describes the headers that every command takes. */
export const ApiCommandHeaders = (): MethodDecorator & ClassDecorator =>
  applyDecorators(
    ApiHeader({
      name: IDEMPOTENCY_KEY,
      required: false,
      description: 'The same key, caller and body returns the first answer again',
      schema: { type: 'string', minLength: 1, maxLength: 200 },
    }),
    ApiHeader({
      name: IF_MATCH,
      required: false,
      description: 'The revision that the decision is made on; when it has passed, the answer is 412',
      schema: { type: 'string', example: '"3"' },
    }),
  );

/** Describes the header that every query takes. */
export const ApiQueryHeaders = (): MethodDecorator & ClassDecorator =>
  ApiHeader({
    name: CONSISTENCY_TOKEN,
    required: false,
    description: 'Wait until the read model has got to this position',
    schema: { type: 'string', pattern: '^\\d{20}-\\d{20}$' },
  });
