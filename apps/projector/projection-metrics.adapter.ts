import { Gauge, type Registry } from 'prom-client';
import {
  projectionStatuses,
  type ProjectionStatus,
  type StatusSources,
} from '#libs/projection-engine/index.js';

type Label = 'projection' | 'version' | 'build' | 'active';

const GAUGES: readonly (readonly [
  name: string,
  help: string,
  value: (status: ProjectionStatus) => number,
])[] = [
  ['lag_events', 'Events in the log that are not in the read model', ({ lag }) => lag?.events ?? Number.NaN],
  [
    'lag_seconds',
    'Age of the oldest event that is not in the read model',
    ({ lag }) => lag?.seconds ?? Number.NaN,
  ],
  [
    'events_per_second',
    'Events absorbed per second, all processes',
    ({ eventsPerSecond }) => eventsPerSecond,
  ],
  ['events', 'Events absorbed since the build began', ({ events }) => events],
  ['documents', 'Documents in the read model', ({ documents }) => documents],
  ['last_batch_events', 'Events in the last batch', ({ lastBatch }) => lastBatch],
  ['retries', 'Restarts of the subscription since the process began', ({ retries }) => retries],
  ['repairs', 'Streams read again because a revision was missing', ({ repairs }) => repairs],
  ['parked_events', 'Events that could not be applied, and those behind them', ({ parked }) => parked],
  [
    'running',
    '1 while some process follows the log',
    ({ state }) => Number(state === 'running' || state === 'catching-up'),
  ],
  [
    'head_seen_seconds_ago',
    'Since any process last saw the head of the log; a lag of nothing means nothing when this grows',
    ({ headSeenSecondsAgo }) => headSeenSecondsAgo ?? Number.POSITIVE_INFINITY,
  ],
];

/** Gauges of every build, read from the stores when somebody scrapes. A scrape that cannot read them shows none. */
export function registerProjectionMetrics(registry: Registry, sources: StatusSources): void {
  const look = sharedLook(sources);
  for (const [name, help, value] of GAUGES) {
    new Gauge<Label>({
      name: `projection_${name}`,
      help,
      labelNames: ['projection', 'version', 'build', 'active'],
      registers: [registry],
      async collect() {
        const statuses = await look();
        this.reset();
        for (const status of statuses) this.set(labelsOf(status), value(status));
      },
    });
  }
}

/** A scrape asks every gauge at the same moment; all get what one look at the stores gives. */
function sharedLook(sources: StatusSources): () => Promise<readonly ProjectionStatus[]> {
  let current: Promise<readonly ProjectionStatus[]> | undefined;
  return () => {
    current ??= projectionStatuses(sources)
      .catch(() => [])
      .finally(() => {
        current = undefined;
      });
    return current;
  };
}

function labelsOf({ name, version, build, active }: ProjectionStatus): Record<Label, string> {
  return { projection: name, version: String(version), build: String(build), active: String(active) };
}
