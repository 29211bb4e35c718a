/** Of exact values, unrounded. With n = 0 there is nothing to say, so the rest is null rather than 0. */
export interface Summary {
  readonly n: number;
  readonly mean: number | null;
  readonly median: number | null;
  readonly p90: number | null;
  readonly max: number | null;
}

export function summarise(values: Iterable<number>): Summary {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  if (n === 0) return { n: 0, mean: null, median: null, p90: null, max: null };
  let sum = 0;
  for (const value of sorted) sum += value;
  return {
    n,
    mean: sum / n,
    median: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    max: sorted[n - 1] ?? null,
  };
}

/**
 * Linear interpolation between order statistics: definition 7 of Hyndman & Fan, "Sample Quantiles in Statistical
 * Packages", The American Statistician 50 (1996) 361-365; the same as Excel's PERCENTILE.INC, NumPy's and R's default,
 * so that analysts who check a figure with their own tool find it. The median is the usual one.
 *
 * @param sorted ascending, not empty
 */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return low + (position - below) * (high - low);
}
