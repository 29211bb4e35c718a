import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthenticationError } from '../authentication-error.js';
import { AccessDeniedError, rolesAllowedBy } from '../caller.js';
import type { TokenVerifier } from '../token-verifier.js';
import { ACCESS, type Access, type RequestWithCaller } from './access.decorators.js';

export const TOKEN_VERIFIER = Symbol('TokenVerifier');

/** The one place where callers are let in. What declares no access is closed to everyone. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(TOKEN_VERIFIER) private readonly verifier: TokenVerifier,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (access?.kind === 'public') return true;
    const request = context.switchToHttp().getRequest<RequestWithCaller>();
    const caller = await this.verifier.verify(bearerToken(request.headers.authorization));
    request.caller = caller;
    const allowed = access?.roles ?? [];
    if (rolesAllowedBy(caller, allowed).length === 0) throw new AccessDeniedError(allowed);
    return true;
  }
}

function bearerToken(header: string | undefined): string {
  if (header === undefined || header === '') throw new AuthenticationError('missing');
  const token = /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i.exec(header)?.[1];
  if (token === undefined) throw new AuthenticationError('malformed');
  return token;
}
