import type {
  ComplaintCommandData,
  ComplaintCommandType,
  DecisionContext,
} from '#libs/complaint-domain/index.js';
import type { Actor, GlobalPosition, StreamRevision } from '#libs/event-contracts/index.js';

type Body<Type extends ComplaintCommandType> = Type extends 'receive'
  ? Omit<ComplaintCommandData['receive'], 'complaintId' | 'reference' | 'customer'> & {
      readonly customer: Omit<ComplaintCommandData['receive']['customer'], 'ref'> & { readonly ref?: string };
    }
  : ComplaintCommandData[Type];

/** How a command came in, whichever entrance it took. */
export interface CommandOrigin {
  /** Who gives it, once per role that lets them; the first role that the rules allow is the one recorded. */
  readonly actors: readonly [Actor, ...Actor[]];
  /** ISO 8601 with offset; default: now. */
  readonly occurredAt?: string;
  readonly correlationId: string;
  /** Given by the caller, so that a repeated request is the same command. */
  readonly idempotencyKey?: { readonly callerSub: string; readonly key: string };
  /** A command id already derived, e.g. from an imported line or from a timer. */
  readonly commandId?: string;
  /** Only at this revision: no retry on a race. */
  readonly expectedRevision?: StreamRevision;
  /** The upstream service that sends it on the actors' behalf. */
  readonly submittedBy?: string;
  /** A history is being replayed by the importer. */
  readonly importing?: boolean;
}

export type ComplaintCommandRequest = {
  [Type in ComplaintCommandType]: {
    readonly type: Type;
    readonly data: Body<Type>;
    /** Unknown for `receive`, unless reserved beforehand. */
    readonly complaintId?: string;
    readonly origin: CommandOrigin;
  };
}[ComplaintCommandType];

/** The answer, and whether it is the one that an earlier sending of the same command got. */
export interface CommandOutcome {
  readonly answer: CommandAnswer;
  readonly repeated: boolean;
}

/** What every command answers. */
export interface CommandAnswer {
  readonly id: string;
  readonly reference: string;
  readonly revision: StreamRevision;
  readonly position: GlobalPosition;
  readonly events: readonly string[];
}

/** The configuration in force as decisions need it; the cycle's start picks the policy version. */
export interface DecisionContexts {
  contextFor(cycleStartedAt: string | undefined): DecisionContext;
}
