/** Counts for watching; a rate over the last seconds without keeping a list. */
export class LaneTally {
  lastBatch = 0;
  batches = 0;
  private events = 0;
  private windowStart = performance.now();
  private rate = 0;

  batch(events: number): void {
    this.batches += 1;
    this.lastBatch = events;
    this.events += events;
  }

  /** Events per second since the last call that was at least a second ago. */
  eventsPerSecond(): number {
    const elapsed = performance.now() - this.windowStart;
    if (elapsed >= 1000) {
      this.rate = Math.round((this.events * 1000) / elapsed);
      this.events = 0;
      this.windowStart += elapsed;
    }
    return this.rate;
  }
}
