import type { ReportFrame } from '../report-frame.js';
import type { Dimension } from './dimensions.js';
import { localPeriods } from './local-periods.js';

/** What a counted thing is grouped by. */
export interface Subject {
  readonly channel: string;
  readonly callTree: string;
  readonly category: string | null;
  readonly team: string | null;
  readonly project: string | null;
  readonly priority: string;
  /** `sub` of who did what is counted. */
  readonly officer: string | null;
  /** The moment by which it belongs to the period. */
  readonly moment: string;
  readonly level?: number;
}

export type KeyOf = (subject: Subject) => readonly (string | null)[];

/** The values of the asked-for dimensions; null where there is none (no team yet, no category). */
export function keyOf(frame: Pick<ReportFrame, 'groupBy' | 'timeZone' | 'depth' | 'nodePath'>): KeyOf {
  const periods = localPeriods(frame.timeZone);
  const values: Record<Dimension, (subject: Subject) => string | null> = {
    channel: ({ channel }) => channel,
    callTree: ({ callTree }) => nodeAt(frame.nodePath(callTree), frame.depth),
    category: ({ category }) => category,
    team: ({ team }) => team,
    project: ({ project }) => project,
    priority: ({ priority }) => priority,
    officer: ({ officer }) => officer,
    month: ({ moment }) => periods.month(moment),
    week: ({ moment }) => periods.week(moment),
    level: ({ level }) => (level === undefined ? null : String(level)),
  };
  const chosen = frame.groupBy.map((dimension) => values[dimension]);
  return (subject) => chosen.map((value) => value(subject));
}

/** A node that does not reach as deep stands for itself. */
function nodeAt(path: readonly string[], depth: number | undefined): string | null {
  if (depth === undefined) return path[0] ?? null;
  return path.at(-depth) ?? path[0] ?? null;
}
