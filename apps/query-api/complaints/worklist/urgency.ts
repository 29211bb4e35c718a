import type { DueRange } from '#projections/sla-facts/index.js';

export const URGENCIES = ['overdue', 'due-today', 'open'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** What is due when; `open` has the rest, also what has no due moment. At its due moment nothing is overdue yet. */
export interface Days extends Readonly<Record<Urgency, DueRange>> {
  readonly overdue: { readonly to: string };
  readonly open: { readonly from: string };
}

/** @param nextDay when today ends */
export function daysOf(now: string, nextDay: string): Days {
  return { overdue: { to: now }, 'due-today': { from: now, to: nextDay }, open: { from: nextDay } };
}

export function urgencyOf(due: string | null, days: Days): Urgency {
  if (due === null) return 'open';
  return URGENCIES.find((urgency) => isIn(days[urgency], due)) ?? 'open';
}

function isIn({ from, to }: DueRange, moment: string): boolean {
  return (from === undefined || from <= moment) && (to === undefined || moment < to);
}
