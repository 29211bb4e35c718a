/** A read model's word that a complaint's next level is due. */
export interface DueTimer {
  readonly complaintId: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Changes whenever the read model has absorbed something new of the complaint. */
  readonly version: string;
}

export type TimerPlace = Pick<DueTimer, 'at' | 'complaintId'>;

export interface DueTimers {
  /** Timers before a moment (ISO 8601 UTC), earliest first, by index: what is not due costs nothing. */
  page(before: string, limit: number, after?: TimerPlace): Promise<readonly DueTimer[]>;
}
