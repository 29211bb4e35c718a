export const DIMENSIONS = [
  'channel',
  'callTree',
  'category',
  'team',
  'project',
  'priority',
  'officer',
  'month',
  'week',
  'level',
] as const;

export type Dimension = (typeof DIMENSIONS)[number];

/** Those whose values are codes of the configuration, which people know by their names. */
export const CODED_DIMENSIONS = ['callTree', 'category', 'team'] as const satisfies readonly Dimension[];

export type CodedDimension = (typeof CODED_DIMENSIONS)[number];

export function isCoded(dimension: Dimension): dimension is CodedDimension {
  return (CODED_DIMENSIONS as readonly Dimension[]).includes(dimension);
}

export function isDimension(text: string): text is Dimension {
  return (DIMENSIONS as readonly string[]).includes(text);
}

/** Two dimensions make a table; more make one that nobody reads. */
export const MOST_DIMENSIONS = 2;
