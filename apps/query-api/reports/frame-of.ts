import {
  calendar,
  DEFAULT_CALENDAR,
  nodePath,
  type ConfigurationModel,
} from '#libs/configuration-model/index.js';
import type { Dimension, ReportFrame } from '#libs/reports/index.js';
import { refuseEmptyPeriod } from '../edge/instants.js';
import { wrongParameter } from '../edge/query-problems.js';

const DEFAULT_DAYS = 90;
const DAY = 86_400_000;

/** What every report may be asked. */
export interface FrameRequest {
  readonly from?: string;
  readonly to?: string;
  readonly groupBy: readonly Dimension[];
  readonly depth?: number;
  /** In whose zone months and weeks begin. */
  readonly calendar?: string;
}

/** @throws ProblemError */
export function frameOf(request: FrameRequest, configuration: ConfigurationModel, now: string): ReportFrame {
  const to = request.to ?? now;
  const from = request.from ?? new Date(Date.parse(to) - DEFAULT_DAYS * DAY).toISOString();
  refuseEmptyPeriod(from, to);
  const zoneOf = calendar(configuration, request.calendar ?? DEFAULT_CALENDAR);
  if (zoneOf === undefined && request.calendar !== undefined) {
    throw wrongParameter('/calendar', 'There is no calendar with this code.');
  }
  return {
    from,
    to,
    now,
    groupBy: request.groupBy,
    timeZone: zoneOf?.timeZone ?? 'UTC',
    depth: request.depth,
    nodePath: (code) => nodePath(configuration, code),
  };
}
