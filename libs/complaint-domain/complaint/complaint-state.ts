import type { ComplaintStatus, Priority } from '#libs/event-contracts/index.js';

/** What decisions and answers need of a complaint; nothing personal, so sealed events fold as well as open ones. */
export interface Complaint {
  readonly exists: true;
  readonly id: string;
  readonly reference: string;
  readonly customerRef: string;
  readonly status: ComplaintStatus;
  /** The team that has it; kept after the resolution, cleared by a new cycle. */
  readonly team?: string;
  /** From 1; one more with each re-opening. */
  readonly cycle: number;
  readonly cycleStartedAt: string;
  readonly paused: boolean;
  /** Highest level reached in this cycle, 0 for none. */
  readonly escalationLevel: number;
  readonly priority: Priority;
  readonly callTree: string;
  readonly category?: string;
  /** `sub` of who entered the standing result; for four eyes. */
  readonly resolvedBy?: string;
  readonly onTheSpot: boolean;
  readonly closedAt?: string;
  /** Survey calls of this cycle that reached nobody or were put off. */
  readonly surveyAttempts: number;
  /** Answered, or ended as unreached. */
  readonly surveyEnded: boolean;
  /**
   * When the last fact that people told happened. An escalation is none of them: the system finds it by itself, so it
   * must not keep out what people only enter after it.
   */
  readonly lastToldAt: string;
}

export interface NoComplaint {
  readonly exists: false;
}

export type ComplaintState = NoComplaint | Complaint;

export const initialState: ComplaintState = { exists: false };
