import { Instant } from '../instant.js';
import { EventRef, Pause } from './clock-input.js';

export interface FactMoment {
  readonly at: Instant;
  readonly by?: EventRef;
}

/** Where the complaint stood from a moment on; each entry says both, whichever of them changed. */
export interface Placement extends FactMoment {
  readonly callTree: string;
  readonly priority: string;
}

export interface ResolutionFact extends FactMoment {
  readonly verdict: 'pending' | 'accepted' | 'rejected';
  /** The confirmation or rejection. */
  readonly decided?: FactMoment;
}

/** All that the clocks of one cycle need to know, in the order in which it occurred. */
export interface CycleFacts {
  readonly cycle: number;
  readonly channel: string;
  /** Of the first cycle; a re-opened one has no registration. */
  readonly contactedAt?: Instant;
  readonly receivedAt?: FactMoment;
  /** The receipt, or the re-opening. */
  readonly started: FactMoment;
  /** The first is what held when the cycle began. */
  readonly placements: readonly Placement[];
  readonly pauses: readonly Pause[];
  readonly resolutions: readonly ResolutionFact[];
  readonly closed?: FactMoment;
  /** The survey, or the last attempt that ended it as unreached. */
  readonly surveyed?: FactMoment;
  readonly withdrawn?: FactMoment;
  /** The re-opening that began the next cycle. */
  readonly reopened?: FactMoment;
}
