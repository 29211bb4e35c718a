import { ANY_ROLE, type TokenRole } from '#libs/auth/index.js';

/** Who may ask what. Supervisors may wherever agents may. Beside this table, `visibility.ts` says what each gets to see. */
export const READING_ROLES = {
  /** Lists, one complaint, now or as of a moment. */
  complaints: ANY_ROLE,
  history: ['agent', 'officer', 'auditor', 'admin'],
  clocks: ['agent', 'officer', 'auditor', 'analyst', 'admin'],
  worklists: ['agent', 'officer', 'auditor', 'admin'],
  reports: ['analyst', 'supervisor', 'auditor', 'admin'],
  configuration: ANY_ROLE,
  preview: ANY_ROLE,
  projections: ['analyst', 'supervisor', 'auditor', 'admin', 'service'],
  /** Rebuilding, retrying and skipping. */
  projectionUpkeep: ['admin'],
} as const satisfies Readonly<Record<string, readonly TokenRole[]>>;
