/** Counts for watching; a rate over the last seconds without keeping a list. */
export class LaneTally {
  lastBatch = 0;
  batches = 0;
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
