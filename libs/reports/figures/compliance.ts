import type { Summary } from '#libs/service-time/index.js';
import { Values } from './values.js';

/** Times in seconds of the clock's own kind, unrounded. */
export interface ComplianceFigures extends Omit<Summary, 'n'> {
  readonly n: number;
  readonly within: number;
  readonly late: number;
  /** Without a target there is no verdict; they are in `n` and in the times. */
  readonly unjudged: number;
  /** `within` of those that have a verdict, 0 to 1; null if none has. */
  readonly compliance: number | null;
}

export interface Judged {
  /** Milliseconds. */
  readonly elapsed: number | null;
  readonly compliant: boolean | null;
}

export const NOT_JUDGED: Judged = { elapsed: null, compliant: null };

export class ComplianceCounter {
  private n = 0;
  private within = 0;
  private late = 0;
  private readonly seconds = new Values();

  add({ elapsed, compliant }: Judged): void {
    this.n += 1;
    if (compliant === true) this.within += 1;
    if (compliant === false) this.late += 1;
    if (elapsed !== null) this.seconds.add(elapsed / 1000);
  }

  figures(): ComplianceFigures {
    const { n, within, late } = this;
    const judged = within + late;
    const { mean, median, p90, max } = this.seconds.summary();
    return {
      n,
      within,
      late,
      unjudged: n - judged,
      compliance: judged === 0 ? null : within / judged,
      mean,
      median,
      p90,
      max,
    };
  }
}
