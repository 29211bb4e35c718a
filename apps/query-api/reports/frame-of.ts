import { nodePath, type ConfigurationModel } from '#libs/configuration-model/index.js';
import type { CodedDimension, Dimension, ReportFrame } from '#libs/reports/index.js';
import { defaultZone, knownCalendar } from '../configuration/known-calendar.js';
import { refuseEmptyPeriod } from '../edge/instants.js';

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

const DEFINED_IN = { callTree: 'callTree', category: 'categories', team: 'teams' } as const;

function namesOf(configuration: ConfigurationModel, dimension: CodedDimension, code: string) {
  return configuration[DEFINED_IN[dimension]].newest.get(code)?.names;
}

/** @throws ProblemError */
export function frameOf(request: FrameRequest, configuration: ConfigurationModel, now: string): ReportFrame {
  const to = request.to ?? now;
  const from = request.from ?? new Date(Date.parse(to) - DEFAULT_DAYS * DAY).toISOString();
  refuseEmptyPeriod(from, to);
  return {
    from,
    to,
    now,
    groupBy: request.groupBy,
    timeZone:
      request.calendar === undefined
        ? defaultZone(configuration)
        : knownCalendar(request.calendar, configuration).timeZone,
    depth: request.depth,
    nodePath: (code) => nodePath(configuration, code),
    namesOf: (dimension, code) => (code === null ? undefined : namesOf(configuration, dimension, code)),
  };
}
