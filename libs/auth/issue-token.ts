import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { isTokenRole, TOKEN_ROLES, type TokenRole } from './roles.js';
import { openSigningKey, SIGNING_ALGORITHM } from './signing-key.js';
import { EMBEDDED_AUDIENCE, EMBEDDED_ISSUER } from './token-verifier.js';

export interface TokenRequest {
  readonly dataDir: string;
  readonly sub: string;
  /** As typed; checked here. */
  readonly roles: readonly string[];
  readonly name?: string;
  readonly team?: string;
  /** A number with s, m, h or d; default 12h, at most 366d. */
  readonly expiresIn?: string;
}

/** What was asked for is not a token that the product would understand. */
export class TokenRequestError extends Error {
  override readonly name = 'TokenRequestError';
  readonly code = 'TOKEN_REQUEST';
}

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const LONGEST_SECONDS = 366 * 86_400;

function seconds(expiresIn: string): number {
  const match = /^(\d{1,9})([smhd])$/.exec(expiresIn);
  const total = Number(match?.[1] ?? 0) * (UNIT_SECONDS[match?.[2] ?? ''] ?? 0);
  if (total < 1 || total > LONGEST_SECONDS) {
    throw new TokenRequestError(
      `A token lasts from 1s to 366d (a number with s, m, h or d), not "${expiresIn}".`,
    );
  }
  return total;
}

function checkedRoles(request: TokenRequest): TokenRole[] {
  const unknown = request.roles.filter((role) => !isTokenRole(role));
  if (unknown.length > 0 || request.roles.length === 0) {
    const given =
      unknown.length > 0 ? `Unknown role ${unknown.map((role) => `"${role}"`).join(', ')}` : 'No role given';
    throw new TokenRequestError(`${given}; roles are ${TOKEN_ROLES.join(', ')}.`);
  }
  return request.roles.filter(isTokenRole);
}

/**
 * A token signed with the installation's own key.
 * @throws TokenRequestError, SigningKeyError
 */
export async function issueToken(request: TokenRequest): Promise<string> {
  const roles = checkedRoles(request);
  const lifetime = seconds(request.expiresIn ?? '12h');
  const sub = request.sub.trim();
  if (sub === '' || sub.length > 255)
    throw new TokenRequestError('A token needs a sub of 1 to 255 characters.');
  if (roles.includes('officer') && request.team === undefined) {
    throw new TokenRequestError('An officer belongs to a team: name it (--team <code>).');
  }
  if (request.team !== undefined && !/^[a-z0-9][a-z0-9-]{0,62}$/.test(request.team)) {
    throw new TokenRequestError(`A team's code is made of a-z, 0-9 and "-", not "${request.team}".`);
  }
  const { kid, privateKey } = await openSigningKey(request.dataDir);
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({
    name: request.name ?? sub,
    roles,
    ...(request.team === undefined ? {} : { team: request.team }),
  })
    .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid, typ: 'JWT' })
    .setSubject(sub)
    .setIssuer(EMBEDDED_ISSUER)
    .setAudience(EMBEDDED_AUDIENCE)
    .setIssuedAt(now)
    .setExpirationTime(now + lifetime)
    .setJti(randomUUID())
    .sign(privateKey);
}
