import type { EventStore } from '#libs/event-store/index.js';
import {
  createProgressWaiter,
  startProjector,
  type AnyProjection,
  type EngineLog,
  type ProgressWaiter,
  type ProjectionStore,
  type Projector,
  type ProjectorTuning,
} from '#libs/projection-engine/index.js';
import type { Metrics } from '#libs/observability/index.js';
import { projectionStoreOn, type ReadStore } from '#libs/read-store/index.js';
import { projectionHistograms } from './projection-histograms.adapter.js';
import { registerProjectionMetrics } from './projection-metrics.adapter.js';

export interface ProjectionsParts {
  readonly eventStore: EventStore;
  readonly readStore: ReadStore;
  readonly projections: readonly AnyProjection[];
  readonly logger: EngineLog;
  /** Where the gauges go, if anybody scrapes this process. */
  readonly metrics?: Metrics;
  readonly tuning?: Partial<ProjectorTuning>;
}

export interface RunningProjections {
  readonly projector: Projector;
  readonly store: ProjectionStore;
  /** Ends waits of this process at once when its own projector gets there. */
  readonly progress: ProgressWaiter;
  stop(): Promise<void>;
}

/** The projector with what goes with it, for the process of its own and for all in one. */
export async function runProjections(parts: ProjectionsParts): Promise<RunningProjections> {
  const { eventStore: log, readStore, projections, logger, tuning } = parts;
  const store = projectionStoreOn(readStore);
  const projector = await startProjector({
    log,
    store,
    projections,
    logger,
    ...(tuning ? { tuning } : {}),
    ...(parts.metrics ? { observer: projectionHistograms(parts.metrics.registry) } : {}),
  });
  if (parts.metrics) registerProjectionMetrics(parts.metrics.registry, { store, log });
  const progress = createProgressWaiter({ store, projector });
  return {
    projector,
    store,
    progress,
    stop: async () => {
      progress.close();
      await projector.stop();
    },
  };
}
