import type { ComplaintCommandType } from '#libs/complaint-domain/index.js';
import type { Actor } from '#libs/event-contracts/index.js';

/** Commands of an import, named as the last part of their HTTP path; `receive` is `POST /complaints`. */
export const IMPORT_COMMANDS = {
  receive: 'receive',
  categorise: 'categorise',
  prioritise: 'prioritise',
  route: 'route',
  open: 'open',
  actions: 'recordAction',
  'follow-ups': 'recordFollowUp',
  pause: 'pause',
  resume: 'resume',
  resolve: 'resolve',
  confirm: 'confirm',
  reject: 'reject',
  close: 'close',
  withdraw: 'withdraw',
  reopen: 'reopen',
  'survey-attempts': 'recordSurveyAttempt',
  survey: 'recordSurvey',
} as const satisfies Record<string, ComplaintCommandType>;

export type ImportCommand = keyof typeof IMPORT_COMMANDS;

/** One line of NDJSON: a command as it was given in another system, by whom and when. */
export interface ImportLine {
  readonly command: ImportCommand;
  readonly body: Readonly<Record<string, unknown>>;
  /** ISO 8601 with offset. */
  readonly occurredAt: string;
  readonly actor: Actor;
  /** The case's identity in the other system: its lines share it, in order. */
  readonly externalId: string;
}
