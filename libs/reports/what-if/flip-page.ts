import type { Flip } from './flip.js';

/** Where a page of flips ends: complaints in the order of their ids, which is that of their receipt, then cycles. */
export interface FlipPlace {
  readonly id: string;
  readonly cycle: number;
}

export interface FlipList {
  /** All there are, on this page or not. */
  readonly n: number;
  readonly items: readonly Flip[];
  /** Where the next page goes on; null on the last. */
  readonly next: FlipPlace | null;
}

/** Keeps one page of what streams by in any order, never more than twice its size. */
export class FlipPage {
  private n = 0;
  private cut = false;
  private kept: Flip[] = [];

  constructor(
    private readonly limit: number,
    private readonly after?: FlipPlace,
  ) {}

  add(flip: Flip): void {
    this.n += 1;
    if (this.after !== undefined && compare(flip, this.after) <= 0) return;
    this.kept.push(flip);
    if (this.kept.length > 2 * this.limit) this.shorten();
  }

  finish(): FlipList {
    this.shorten();
    const last = this.kept.at(-1);
    const next = this.cut && last !== undefined ? { id: last.id, cycle: last.cycle } : null;
    return { n: this.n, items: this.kept, next };
  }

  private shorten(): void {
    this.kept.sort(compare);
    this.cut ||= this.kept.length > this.limit;
    this.kept.length = Math.min(this.kept.length, this.limit);
  }
}

function compare(a: FlipPlace, b: FlipPlace): number {
  if (a.id !== b.id) return a.id < b.id ? -1 : 1;
  return a.cycle - b.cycle;
}
