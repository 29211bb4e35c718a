import { AuthenticationError } from './authentication-error.js';
import type { Caller } from './caller.js';
import { isTokenRole } from './roles.js';

const LONGEST = 255;
const TEAM = /^[a-z0-9][a-z0-9-]{0,62}$/;

function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  return trimmed === '' || trimmed.length > LONGEST ? undefined : trimmed;
}

/** Reads the caller from verified claims. Roles of other systems in the same token are passed over. */
export function callerFromClaims(claims: Readonly<Record<string, unknown>>): Caller {
  const sub = text(claims['sub']);
  if (sub === undefined)
    throw new AuthenticationError('refused', 'The token does not say whose it is (claim "sub").');
  const { roles, team } = claims;
  if (!Array.isArray(roles)) {
    throw new AuthenticationError('refused', 'The token does not list roles (claim "roles", an array).');
  }
  const known = roles.filter((role): role is string => typeof role === 'string').filter(isTokenRole);
  const caller: Caller = { sub, name: text(claims['name']) ?? sub, roles: [...new Set(known)] };
  return typeof team === 'string' && TEAM.test(team) ? { ...caller, team } : caller;
}
