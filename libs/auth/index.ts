export {
  AuthenticationError,
  IssuerUnavailableError,
  type AuthenticationFailure,
} from './authentication-error.js';
export { AccessDeniedError, actorFor, actorsFor, rolesAllowedBy, type Caller } from './caller.js';
export { issueToken, TokenRequestError, type TokenRequest } from './issue-token.js';
export {
  AllowRoles,
  ANY_ROLE,
  CurrentCaller,
  Public,
  type RequestWithCaller,
} from './nest/access.decorators.js';
export { AuthModule } from './nest/auth.module.js';
export { oidcVerifier, type OidcOptions } from './oidc-verifier.js';
export { openVerifier } from './open-verifier.js';
export { isTokenRole, TOKEN_ROLES, type TokenRole } from './roles.js';
export { SigningKeyError } from './signing-key.js';
export { embeddedVerifier, type TokenVerifier } from './token-verifier.js';
