import type { LaneReport } from '../progress/lane-report.js';

/** One running projector process. */
export interface MemberRecord {
  readonly _id: string;
  readonly host: string;
  readonly pid: number;
  /** Counts up while the process lives. Others time the pauses by their own clocks, so that no two clocks are compared. */
  readonly beat: number;
  /** Versions whose folds this process has, `name:vN`. */
  readonly runs: readonly string[];
  readonly startedAt: string;
  readonly headSeenAt: string | null;
  readonly reports: readonly LaneReport[];
}
