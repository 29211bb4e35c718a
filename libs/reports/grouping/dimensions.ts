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

export function isDimension(text: string): text is Dimension {
  return (DIMENSIONS as readonly string[]).includes(text);
}

/** Two dimensions make a table; more make one that nobody reads. */
export const MOST_DIMENSIONS = 2;
