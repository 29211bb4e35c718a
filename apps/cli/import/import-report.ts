import type { ImportAnswer } from '#libs/importing/index.js';

/** A row or line that was not taken, and why. */
export interface Refusal {
  readonly line: number;
  readonly externalId?: string;
  readonly activity?: string;
  readonly reason: string;
  readonly detail: string;
}

/** Adds up: `lines` = `accepted` + `repeated` + `merged` + `refused`. */
export interface ImportTotals {
  readonly lines: number;
  readonly cases: number;
  readonly accepted: number;
  /** Taken by an earlier import already. */
  readonly repeated: number;
  /** Said nothing that the lines before had not said. */
  readonly merged: number;
  readonly refused: number;
  readonly events: number;
  readonly refusedByReason: Readonly<Record<string, number>>;
}

export interface ImportReport extends ImportTotals {
  readonly seconds: number;
}

export interface ImportOutcome {
  readonly refusals: readonly Refusal[];
  totals(): ImportTotals;
}

/** More are counted, not kept: a file of nonsense must not fill the memory. */
const MOST_REFUSALS_KEPT = 100_000;

/** Counts lines as they are answered. */
export class ImportTally implements ImportOutcome {
  readonly refusals: Refusal[] = [];
  private readonly byReason = new Map<string, number>();
  private readonly caseIds = new Set<string>();
  private counts = { lines: 0, accepted: 0, repeated: 0, merged: 0, refused: 0, events: 0 };

  seen(externalId: string | undefined): void {
    if (externalId !== undefined) this.caseIds.add(externalId);
  }

  count(kind: 'accepted' | 'repeated' | 'merged'): void {
    this.counts.lines += 1;
    this.counts[kind] += 1;
  }

  addEvents(count: number): void {
    this.counts.events += count;
  }

  refuse(refusal: Refusal): void {
    this.counts.lines += 1;
    this.counts.refused += 1;
    this.byReason.set(refusal.reason, (this.byReason.get(refusal.reason) ?? 0) + 1);
    if (this.refusals.length < MOST_REFUSALS_KEPT) this.refusals.push(refusal);
  }

  totals(): ImportTotals {
    const refusedByReason = Object.fromEntries(
      [...this.byReason].sort(([, left], [, right]) => right - left),
    );
    return { ...this.counts, cases: this.caseIds.size, refusedByReason };
  }
}

/** The rule that refused a line, short enough to count by. */
export function reasonOf({ problem }: Extract<ImportAnswer, { status: 'refused' }>): string {
  return typeof problem.reason === 'string' ? problem.reason : problem.type.replace('/problems/', '');
}

export function detailOf({ problem }: Extract<ImportAnswer, { status: 'refused' }>): string {
  const places = (problem.errors ?? []).map(({ pointer, detail }) => `${pointer} ${detail}`);
  return [problem.detail, ...places].join(' | ');
}
