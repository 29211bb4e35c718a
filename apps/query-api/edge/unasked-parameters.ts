import type { ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum.js';
import type { Request } from 'express';
import { pointerTo, ProblemError } from '#libs/http/index.js';

const MOST_NAMED = 100;

/**
 * Routes that read no query refuse one, as the others refuse what they do not know: an `asOf` that nobody looks at would
 * pass an answer of today off as one of then.
 * @throws ProblemError `invalid-input`
 */
export function refuseUnaskedParameters(context: ExecutionContext): void {
  const names = Object.keys(context.switchToHttp().getRequest<Request>().query).slice(0, MOST_NAMED);
  if (names.length === 0 || readsQuery(context)) return;
  throw new ProblemError('invalid-input', {
    detail: 'This address takes no query.',
    errors: names.map((name) => ({ pointer: pointerTo([name]), detail: 'is not a known field' })),
  });
}

/** Nest keeps a handler's parameters under `type:index`. */
function readsQuery(context: ExecutionContext): boolean {
  const parameters = Reflect.getMetadata(
    ROUTE_ARGS_METADATA,
    context.getClass(),
    context.getHandler().name,
  ) as Readonly<Record<string, unknown>> | undefined;
  return Object.keys(parameters ?? {}).some((key) => key.startsWith(`${RouteParamtypes.QUERY}:`));
}
