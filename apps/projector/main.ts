import 'reflect-metadata';
import { openVerifier } from '#libs/auth/index.js';
import { createWebApp, listen, WebModule } from '#libs/http/index.js';
import { createLogger, createMetrics } from '#libs/observability/index.js';
import { openStores, runProcess, sharedUrls } from '#libs/runtime/index.js';
import { PROJECTIONS } from '#projections/index.js';
import { projectionsCheck } from './projector-health.js';
import { ProjectorModule } from './projector.module.js';
import { runProjections } from './run-projections.js';

/** One of any number of projectors on the same servers: they share the partitions between them. */
await runProcess('projector', async (settings, undo) => {
  const logger = createLogger({ level: settings.logLevel, service: 'projector' });
  const metrics = createMetrics('projector');
  const stores = await openStores(settings, sharedUrls(settings), logger);
  undo(() => stores.close());
  const { eventStore, readStore } = stores;
  const projections = await runProjections({
    eventStore,
    readStore,
    projections: PROJECTIONS,
    logger,
    metrics,
  });
  undo(() => projections.stop());
  const checks = [projectionsCheck({ store: projections.store, log: eventStore })];
  const web = WebModule.forRoot({ verifier: await openVerifier(settings), logger, metrics, checks });
  const app = await createWebApp(ProjectorModule.forRoot(web, projections), { logger, metrics });
  let close = (): Promise<void> => app.close();
  undo(() => close());
  const listening = await listen(app, settings.host, settings.port, { requestTimeoutMs: 0 });
  close = () => listening.close();
  return listening.url;
});
