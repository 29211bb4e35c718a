import { Histogram, type Registry } from 'prom-client';
import { buildKey, type BuildId, type ProjectionObserver } from '#libs/projection-engine/index.js';

const labelNames = ['projection', 'version', 'build'] as const;
type Label = (typeof labelNames)[number];

/** What this process sees of batches and of the time from an append until queries can read it. */
export function projectionHistograms(registry: Registry): ProjectionObserver {
  const batches = new Histogram({
    name: 'projection_batch_events',
    help: 'Events folded into one batch of writes, by this process',
    labelNames,
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000],
    registers: [registry],
  });
  const visible = new Histogram({
    name: 'projection_visible_after_seconds',
    help: 'From the append of an event until its document can be read, of builds at the head of the log',
    labelNames,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: [registry],
  });
  const batchesOf = byBuild(batches);
  const visibleOf = byBuild(visible);
  return {
    batch: (build, events) => {
      batchesOf(build).observe(events);
    },
    visible: (build, seconds) => {
      visibleOf(build).observe(seconds);
    },
  };
}

/** Looking labels up costs more than an observation, and there are a few builds in the life of a process. */
function byBuild(histogram: Histogram<Label>) {
  const children = new Map<string, Histogram.Internal<Label>>();
  return (build: BuildId): Histogram.Internal<Label> => {
    const key = buildKey(build);
    let child = children.get(key);
    if (!child) {
      const { name, version, build: number } = build;
      child = histogram.labels({ projection: name, version: String(version), build: String(number) });
      children.set(key, child);
    }
    return child;
  };
}
