/** A share of n with its 95 % Wilson interval, all between 0 and 1; null when nobody was asked. */
export interface Share {
  readonly count: number;
  readonly n: number;
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** The 0.975 quantile of the normal distribution. */
const Z = 1.959963984540054;

/** E. B. Wilson, "Probable Inference", JASA 22 (1927) 209-212; without continuity correction. */
export function shareOf(count: number, n: number): Share {
  if (n <= 0) return { count, n: 0, share: null, low: null, high: null };
  const share = count / n;
  const centre = share + (Z * Z) / (2 * n);
  const spread = Z * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  const scale = 1 + (Z * Z) / n;
  return {
    count,
    n,
    share,
    // Exactly 0 and 1 at the ends, where floating point would leave a crumb.
    low: count === 0 ? 0 : (centre - spread) / scale,
    high: count === n ? 1 : (centre + spread) / scale,
  };
}

/** The share of answers 4 and 5. Missing answers are not asked: they leave n alone. */
export function topTwoBox(scores: Iterable<number | null>): Share {
  let count = 0;
  let n = 0;
  for (const score of scores) {
    if (score === null) continue;
    n += 1;
    if (score >= 4) count += 1;
  }
  return shareOf(count, n);
}
