import type { ComplaintEvent } from '#libs/event-contracts/index.js';
import type { Rejection } from '../decision/rejection.js';
import type { CommandOf, ComplaintCommandType, DecisionContext } from './complaint-command.js';
import type { Complaint } from './complaint-state.js';

/** The facts that follow, or the reason why none does. */
export type Outcome = ComplaintEvent | Rejection;

export function isRejection(outcome: Outcome): outcome is Rejection {
  return 'kind' in outcome;
}

/** What holds for one command beyond the tables of roles and statuses. */
export interface CommandRule<Type extends ComplaintCommandType> {
  /** Past participle for messages: "cannot be … now". */
  readonly verb: string;
  /** An officer may give it only for what the own team has. */
  readonly ofTheTeam: boolean;
  /** Flags of the state that forbid it: 409. */
  readonly stateForbids?: (complaint: Complaint, command: CommandOf<Type>) => Rejection | undefined;
  /** What the actor has to do with the complaint: 403. */
  readonly actorMayNot?: (complaint: Complaint, command: CommandOf<Type>) => Rejection | undefined;
  /** The body: 400, or the fact. `occurredAt` in milliseconds. */
  readonly decide: (
    command: CommandOf<Type>,
    complaint: Complaint,
    context: DecisionContext,
    occurredAt: number,
  ) => Outcome;
}
