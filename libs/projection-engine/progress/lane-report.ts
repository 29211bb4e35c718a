/** How one build fares in one process; processes publish theirs with every beat. */
export interface LaneReport {
  readonly build: string;
  readonly state: 'starting' | 'running' | 'backing-off';
  readonly partitions: readonly number[];
  readonly eventsPerSecond: number;
  /** Events of the last batch that held any. */
  readonly lastBatch: number;
  readonly batches: number;
  readonly retries: number;
  /** Streams read again because a revision was missing where it was expected. */
  readonly repairs: number;
  readonly lastError?: string;
}
