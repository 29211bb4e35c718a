import type { BuildId } from './builds/build-id.js';

/** Told what becomes of events, for distributions that a look from time to time cannot give. Quick, and never throws. */
export interface ProjectionObserver {
  /** So many events were folded into one batch that goes to the store. */
  batch(build: BuildId, events: number): void;
  /**
   * An event is in the documents that queries can read, so many seconds after it was appended. Told of live builds only:
   * what catches up would tell the age of the log.
   */
  visible(build: BuildId, seconds: number): void;
}

export const NOBODY: ProjectionObserver = { batch: () => undefined, visible: () => undefined };
