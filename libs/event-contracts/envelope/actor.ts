export const ROLES = [
  'agent',
  'officer',
  'supervisor',
  'auditor',
  'analyst',
  'admin',
  'service',
  'system',
] as const;

/** `system` is the product itself (escalation by the clock); no token carries it. */
export type Role = (typeof ROLES)[number];

/** Who did it, as the token said at that moment. `role` is the one that the command was allowed by. */
export interface Actor {
  readonly sub: string;
  readonly name: string;
  readonly role: Role;
  /** Only for officers. */
  readonly team?: string;
}
