/** Outcomes of a call survey in the letters of AAPOR's Standard Definitions. */
export interface CallOutcomes {
  /** I */ readonly complete: number;
  /** P */ readonly partial: number;
  /** R */ readonly refused: number;
  /** NC */ readonly notContacted: number;
  /** O */ readonly other: number;
  /** UH + UO */ readonly unknown: number;
}

/** AAPOR response rate 1: I / ((I + P) + (R + NC + O) + (UH + UO)), the strictest; null when nobody was called. */
export function responseRate1(outcomes: CallOutcomes): number | null {
  const { complete, partial, refused, notContacted, other, unknown } = outcomes;
  const all = complete + partial + refused + notContacted + other + unknown;
  return all === 0 ? null : complete / all;
}
