import { errors, jwtVerify, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import { AuthenticationError, IssuerUnavailableError } from './authentication-error.js';
import type { Caller } from './caller.js';
import { callerFromClaims } from './claims.js';
import { openSigningKey, SIGNING_ALGORITHM } from './signing-key.js';

export interface TokenVerifier {
  /**
   * @throws AuthenticationError when the token is not accepted
   * @throws IssuerUnavailableError when it cannot be judged
   */
  verify(token: string): Promise<Caller>;
}

export const EMBEDDED_ISSUER = 'complaint-ledger:embedded';
export const EMBEDDED_AUDIENCE = 'complaint-ledger';

/** How far two machines' clocks may be apart. */
const CLOCK_TOLERANCE_SECONDS = 5;
/** Far above what an issuer sends, far below what would be work to parse. */
const LONGEST_TOKEN = 8192;

export function verifierWith(getKey: JWTVerifyGetKey, options: JWTVerifyOptions): TokenVerifier {
  const checks: JWTVerifyOptions = {
    ...options,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    requiredClaims: ['exp', 'sub', 'roles'],
  };
  return {
    async verify(token) {
      if (token.length > LONGEST_TOKEN) throw new AuthenticationError('malformed');
      try {
        return callerFromClaims((await jwtVerify(token, getKey, checks)).payload);
      } catch (error) {
        throw asAuthenticationError(error);
      }
    },
  };
}

/** For tokens of `npx complaints token`, signed with the key under the data folder (made on first use). */
export async function embeddedVerifier(dataDir: string): Promise<TokenVerifier> {
  const { publicKey } = await openSigningKey(dataDir);
  return verifierWith(() => Promise.resolve(publicKey), {
    issuer: EMBEDDED_ISSUER,
    audience: EMBEDDED_AUDIENCE,
    algorithms: [SIGNING_ALGORITHM],
  });
}

function asAuthenticationError(error: unknown): Error {
  if (error instanceof AuthenticationError || error instanceof IssuerUnavailableError) return error;
  if (error instanceof errors.JWTExpired) return new AuthenticationError('expired');
  if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid)
    return new AuthenticationError('malformed');
  if (error instanceof errors.JWTClaimValidationFailed && error.reason === 'missing') {
    return new AuthenticationError('refused', `The token lacks the claim "${error.claim}".`);
  }
  return error instanceof errors.JOSEError ? new AuthenticationError('refused') : (error as Error);
}
