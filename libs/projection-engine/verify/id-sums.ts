import { textHash } from '../membership/text-hash.js';

const buckets = 65_536;

/** Which of very many ids two lists do not share, in the memory of a few: told apart by sums, so to within a bucket. */
export class IdSums {
  private readonly sums = new Float64Array(buckets);

  add(id: string): void {
    const hash = textHash(id);
    const bucket = hash % buckets;
    this.sums[bucket] = (this.sums[bucket] ?? 0) + hash + 1;
  }

  differsAt(id: string, other: IdSums): boolean {
    const bucket = textHash(id) % buckets;
    return this.sums[bucket] !== other.sums[bucket];
  }

  equals(other: IdSums): boolean {
    return this.sums.every((sum, bucket) => sum === other.sums[bucket]);
  }
}
