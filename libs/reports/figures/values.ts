import { summarise, type Summary } from '#libs/service-time/index.js';

/** Numbers kept for their quantiles: eight bytes each. */
export class Values {
  private kept = new Float64Array(8);
  private n = 0;

  add(value: number): void {
    if (this.n === this.kept.length) {
      const larger = new Float64Array(this.kept.length * 2);
      larger.set(this.kept);
      this.kept = larger;
    }
    this.kept[this.n] = value;
    this.n += 1;
  }

  summary(): Summary {
    return summarise(this.kept.subarray(0, this.n));
  }
}
