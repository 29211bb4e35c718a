import type { ComplaintEvent } from '#libs/event-contracts/index.js';

/** Replaces personal texts of an event by their sealed form. */
export interface PersonalSealer {
  /**
   * @param createKey true only when the customer may be new
   * @throws CustomerErasedError when something is to be sealed and the customer's key has been destroyed
   */
  seal(
    customerRef: string,
    events: readonly ComplaintEvent[],
    createKey: boolean,
  ): Promise<readonly ComplaintEvent[]>;
  /** Keyed digest of a request: tells bodies apart without keeping what they say. */
  requestHash(request: unknown): string;
}
