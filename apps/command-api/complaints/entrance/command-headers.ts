import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { AuthenticationError, type Caller, type RequestWithCaller } from '#libs/auth/index.js';
import { IDEMPOTENCY_KEY, IF_MATCH, readIdempotencyKey, readIfMatch } from '#libs/http/index.js';
import { currentCorrelationId } from '#libs/observability/index.js';

/** All that a command's request says outside its body, and the response whose headers the answer sets. */
export interface CommandHeaderValues {
  readonly caller: Caller;
  readonly correlationId: string;
  readonly idempotencyKey?: string;
  readonly expectedRevision?: number;
  readonly response: Response;
}

export const CommandHeaders = createParamDecorator(
  (_data: unknown, context: ExecutionContext): CommandHeaderValues => {
    const http = context.switchToHttp();
    const request = http.getRequest<Request & RequestWithCaller>();
    if (!request.caller) throw new AuthenticationError('missing');
    return {
      caller: request.caller,
      correlationId: currentCorrelationId() ?? 'none',
      idempotencyKey: readIdempotencyKey(request.get(IDEMPOTENCY_KEY)),
      expectedRevision: readIfMatch(request.get(IF_MATCH)),
      response: http.getResponse<Response>(),
    };
  },
);
