import type { Actor } from '#libs/event-contracts/index.js';
import type { TokenRole } from './roles.js';

/** Who calls, as the token says. */
export interface Caller {
  readonly sub: string;
  readonly name: string;
  readonly roles: readonly TokenRole[];
  /** The team that an officer belongs to. */
  readonly team?: string;
}

/**
 * The caller's roles that are allowed, in the order of `allowed`. A supervisor is an agent who may more: where agents
 * are allowed so are supervisors, and they act as what they are.
 */
export function rolesAllowedBy(caller: Caller, allowed: readonly TokenRole[]): TokenRole[] {
  const found = allowed.flatMap((role) => {
    if (role === 'agent' && caller.roles.includes('supervisor')) return ['supervisor' as const];
    return caller.roles.includes(role) ? [role] : [];
  });
  return [...new Set(found)];
}

function asActor(caller: Caller, role: TokenRole): Actor {
  const actor = { sub: caller.sub, name: caller.name, role };
  return role === 'officer' && caller.team !== undefined ? { ...actor, team: caller.team } : actor;
}

/** One actor per role that lets the caller in: some rules let the same person do as agent what they may not as officer. */
export function actorsFor(caller: Caller, allowed: readonly TokenRole[]): Actor[] {
  return rolesAllowedBy(caller, allowed).map((role) => asActor(caller, role));
}

/**
 * Who the event will name, by the first role that lets the caller in.
 * @throws AccessDeniedError when none does
 */
export function actorFor(caller: Caller, allowed: readonly TokenRole[]): Actor {
  const actor = actorsFor(caller, allowed)[0];
  if (!actor) throw new AccessDeniedError(allowed);
  return actor;
}

/** The caller is known, but none of their roles lets them do this. */
export class AccessDeniedError extends Error {
  override readonly name = 'AccessDeniedError';
  constructor(readonly allowed: readonly TokenRole[]) {
    super(
      allowed.length === 0
        ? 'Nobody may do this.'
        : `None of your roles may do this; needed: ${allowed.join(' or ')}.`,
    );
  }
}
