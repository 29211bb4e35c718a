import { openVerifier } from '#libs/auth/index.js';
import { seedConfiguration } from '#libs/configuration/index.js';
import { lockFolder } from '#libs/engine-host/index.js';
import { escalateTold } from '#libs/escalation/index.js';
import { createWebApp, listen } from '#libs/http/index.js';
import { type Logger, createMetrics } from '#libs/observability/index.js';
import {
  closeAll,
  type ClosingStep,
  type EngineEvents,
  openStores,
  startEngines,
} from '#libs/runtime/index.js';
import type { Settings } from '#libs/settings/index.js';
import { IMPORT_BODY } from '../command-api/import-complaints/import-body.js';
import { openCommandSide } from '../command-api/command-side.js';
import { openEscalation } from '../escalator/open-escalation.js';
import { PROJECTIONS } from '#projections/index.js';
import { runProjections } from '../projector/run-projections.js';
import { openQuerySide } from '../query-api/query-side.js';
import { TRACK_LIMIT } from '../query-api/track-limit.js';
import { AllInOneModule } from './all-in-one.module.js';
import { announceInstance, withdrawInstance } from './instance-file.js';

export interface RunningProduct {
  readonly url: string;
  /** What an operator should know of how it started. */
  readonly remarks: readonly string[];
  /** How many definitions a new installation was given; 0 on every later start. */
  readonly seeded: number;
  /** For who has imported the whole history of a complaint: escalates it now if it is open and late. */
  escalateTold(complaintId: string): Promise<void>;
  /** Lets running requests end, then stops the projector and the engines. */
  stop(): Promise<void>;
}

/**
 * Starts everything in this process, the engines in children of it. When a part cannot start, those before it are stopped
 * again: nothing half-done stays behind.
 */
export async function startProduct(
  settings: Settings,
  logger: Logger,
  events: EngineEvents,
): Promise<RunningProduct> {
  const undo: ClosingStep[] = [];
  const stop = (): Promise<void> => closeAll(undo);
  try {
    const lock = await lockFolder(settings.dataDir);
    undo.push(() => lock.release());
    const engines = await startEngines(settings, events);
    undo.push(() => engines.stop());
    const stores = await openStores(settings, engines, logger);
    undo.push(() => stores.close());
    const commandSide = await openCommandSide(stores, logger);
    undo.push(() => commandSide.view.close());
    const seeded = await seedConfiguration(commandSide.configuration);
    const metrics = createMetrics('all-in-one');
    const { eventStore, readStore } = stores;
    const projections = await runProjections({
      eventStore,
      readStore,
      projections: PROJECTIONS,
      logger,
      metrics,
    });
    undo.push(() => projections.stop());
    const querySide = openQuerySide(stores, {
      settings,
      view: commandSide.view,
      projector: projections.projector,
    });
    undo.push(() => querySide.close());
    const escalation = await openEscalation({
      eventStore,
      readStore,
      commands: commandSide.commands,
      view: commandSide.view,
      notify: settings.notify,
      logger,
      metrics,
    });
    undo.push(() => escalation.stop());

    const module = AllInOneModule.forRoot({
      web: {
        verifier: await openVerifier(settings),
        logger,
        metrics,
        checks: querySide.checks,
      },
      commands: commandSide,
      queries: querySide.parts,
    });
    const app = await createWebApp(module, {
      logger,
      metrics,
      rawBodies: [IMPORT_BODY],
      rateLimits: [TRACK_LIMIT],
    });
    undo.push(() => app.close());
    const listening = await listen(app, settings.host, settings.port, { requestTimeoutMs: 0 });
    undo.pop();
    undo.push(() => listening.close());
    await announceInstance(settings.dataDir, {
      url: listening.url,
      ...(settings.eventStoreUrl === undefined ? { eventStoreUrl: engines.eventStoreUrl } : {}),
      ...(settings.mongoUrl === undefined ? { mongoUrl: engines.mongoUrl } : {}),
    });
    undo.push(() => withdrawInstance(settings.dataDir));
    return {
      url: listening.url,
      remarks: engines.remarks,
      seeded,
      escalateTold: async (complaintId) => {
        await escalateTold(commandSide.escalating, complaintId);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
