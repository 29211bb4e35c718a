import { shareOf, type Share } from '#libs/service-time/index.js';

/** Of the answers given; a question that did not apply is no answer. */
export interface ScoreFigures {
  readonly n: number;
  readonly mean: number | null;
  /** The share of 4 and 5 with its 95 % Wilson interval. */
  readonly topTwoBox: Share;
  /** How often each score was given, 1 first. */
  readonly distribution: readonly number[];
}

export class ScoreCounter {
  private readonly given = [0, 0, 0, 0, 0];

  add(score: number | null): void {
    if (score !== null) this.given[score - 1] = (this.given[score - 1] ?? 0) + 1;
  }

  figures(): ScoreFigures {
    const n = this.given.reduce((sum, count) => sum + count, 0);
    const points = this.given.reduce((sum, count, index) => sum + count * (index + 1), 0);
    const [, , , fours = 0, fives = 0] = this.given;
    return {
      n,
      mean: n === 0 ? null : points / n,
      topTwoBox: shareOf(fours + fives, n),
      distribution: [...this.given],
    };
  }
}
