import { ROLES, type Role } from '#libs/event-contracts/index.js';

/** Roles that a token may carry; `system` is the product itself. */
export type TokenRole = Exclude<Role, 'system'>;

export const TOKEN_ROLES: readonly TokenRole[] = ROLES.filter((role): role is TokenRole => role !== 'system');

export function isTokenRole(text: string): text is TokenRole {
  return TOKEN_ROLES.some((role) => role === text);
}
