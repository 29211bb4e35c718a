import type { HealthCheck } from '#libs/http/index.js';
import {
  projectionStatuses,
  type ProjectionStatus,
  type StatusSources,
} from '#libs/projection-engine/index.js';

/** Above this, what the queries answer is older than a user would expect. */
const mostSecondsBehind = 60;
const mostSecondsWithoutHead = 30;

/**
 * Three signals, as one alone can look well while nothing moves: how far behind in events and in seconds, and how
 * long ago anybody saw the head of the log.
 */
export function projectionsCheck(sources: StatusSources): HealthCheck {
  return {
    name: 'projections',
    check: async () => {
      const active = (await projectionStatuses(sources)).filter((status) => status.active);
      const troubles = active.flatMap(troublesOf);
      const parked = active.reduce((sum, status) => sum + status.parked, 0);
      const detail =
        troubles.join('; ') ||
        `${active.length} follow the log${parked > 0 ? `, ${parked} events parked` : ''}`;
      return { ok: troubles.length === 0 && active.length > 0, detail };
    },
  };
}

function troublesOf({ name, state, lag, headSeenSecondsAgo }: ProjectionStatus): string[] {
  if (state !== 'running' && state !== 'catching-up') return [`${name} is ${state}`];
  if (headSeenSecondsAgo === null || headSeenSecondsAgo > mostSecondsWithoutHead) {
    return [`${name}: nobody has seen the head of the log for ${Math.round(headSeenSecondsAgo ?? 0)} s`];
  }
  if (lag === null) return [`${name}: the log does not answer`];
  if (lag.seconds > mostSecondsBehind)
    return [`${name} is ${lag.events} events and ${Math.round(lag.seconds)} s behind`];
  return [];
}
