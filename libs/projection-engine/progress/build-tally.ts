/** Counts of one build in one process, for watching; a rate over the last seconds without keeping a list. */
export class BuildTally {
  lastBatch = 0;
  batches = 0;
  /** Restarts of the subscription. */
  retries = 0;
  /** Streams read again because the store had no document, or an older one than the log says. */
  repairs = 0;
  private counted = 0;
  private windowStart = performance.now();
  private rate = 0;

  events(count: number): void {
    this.counted += count;
  }

  /** On its way to the store. */
  batch(events: number): void {
    this.batches += 1;
    this.lastBatch = events;
  }

  /** Events per second since the last call that was at least a second ago. */
  eventsPerSecond(): number {
    const elapsed = performance.now() - this.windowStart;
    if (elapsed >= 1000) {
      this.rate = Math.round((this.counted * 1000) / elapsed);
      this.counted = 0;
      this.windowStart += elapsed;
    }
    return this.rate;
  }
}

/** Of a process as long as it lives: lanes come and go with partitions and restarts, what was counted stays. */
export class BuildTallies {
  private readonly tallies = new Map<string, BuildTally>();

  of(build: string): BuildTally {
    let tally = this.tallies.get(build);
    if (!tally) this.tallies.set(build, (tally = new BuildTally()));
    return tally;
  }
}
