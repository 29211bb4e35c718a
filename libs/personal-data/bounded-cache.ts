interface Entry<T> {
  readonly value: T;
  readonly staleAt: number;
}

/** Least recently used entries go first, and none is older than `maxAgeMs`. */
export class BoundedCache<T> {
  private readonly entries = new Map<string, Entry<T>>();

  constructor(
    private readonly capacity: number,
    private readonly maxAgeMs: number,
    /** Monotonic milliseconds. */
    private readonly now: () => number,
  ) {}

  get(key: string): T | undefined {
    const entry = this.entries.get(key);
    if (!entry) return undefined;
    this.entries.delete(key);
    if (entry.staleAt <= this.now()) return undefined;
    // Put back at the end: the map's order is the order of last use.
    this.entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: T): void {
    this.entries.delete(key);
    this.entries.set(key, { value, staleAt: this.now() + this.maxAgeMs });
    if (this.entries.size <= this.capacity) return;
    const oldest = this.entries.keys().next();
    if (!oldest.done) this.entries.delete(oldest.value);
  }

  delete(key: string): void {
    this.entries.delete(key);
  }
}
