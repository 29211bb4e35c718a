/** Tells those who have read everything that there is more. Holds waiters only, never events. */
export class CommitSignal {
  private readonly ofAll = new Set<() => void>();
  private readonly ofStream = new Map<string, Set<() => void>>();

  committed(streams: ReadonlySet<string>): void {
    wake(this.ofAll);
    for (const stream of streams) {
      const waiters = this.ofStream.get(stream);
      if (!waiters) continue;
      this.ofStream.delete(stream);
      wake(waiters);
    }
  }

  /** @returns how to stop waiting */
  onceCommitted(stream: string | undefined, waiter: () => void): () => void {
    const waiters = stream === undefined ? this.ofAll : this.waitersOf(stream);
    waiters.add(waiter);
    return () => {
      waiters.delete(waiter);
      if (stream !== undefined && waiters.size === 0 && this.ofStream.get(stream) === waiters)
        this.ofStream.delete(stream);
    };
  }

  private waitersOf(stream: string): Set<() => void> {
    let waiters = this.ofStream.get(stream);
    if (!waiters) this.ofStream.set(stream, (waiters = new Set()));
    return waiters;
  }
}

function wake(waiters: Set<() => void>): void {
  const woken = [...waiters];
  waiters.clear();
  for (const waiter of woken) waiter();
}
