import { applyDecorators, createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import { AuthenticationError } from '../authentication-error.js';
import type { Caller } from '../caller.js';
import { TOKEN_ROLES, type TokenRole } from '../roles.js';

export type Access =
  { readonly kind: 'public' } | { readonly kind: 'roles'; readonly roles: readonly TokenRole[] };

export const ACCESS = 'complaints:access';

/** Every caller with a valid token: `@AllowRoles(...ANY_ROLE)`. */
export const ANY_ROLE = TOKEN_ROLES;

/** Open to everyone, without a token. */
export const Public = (): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ACCESS, { kind: 'public' } satisfies Access), ApiExtension('x-public', true));

/** Open to callers with one of these roles; a supervisor counts as an agent. On a method it replaces the controller's. */
export const AllowRoles = (...roles: TokenRole[]): MethodDecorator & ClassDecorator =>
  applyDecorators(
    SetMetadata(ACCESS, { kind: 'roles', roles } satisfies Access),
    ApiExtension('x-allowed-roles', roles),
  );

export interface RequestWithCaller {
  headers: { authorization?: string };
  caller?: Caller;
}

/** Who calls; only where a token is needed. */
export const CurrentCaller = createParamDecorator((_data: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<RequestWithCaller>();
  if (!caller) throw new AuthenticationError('missing');
  return caller;
});
