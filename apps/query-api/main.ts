import 'reflect-metadata';
import { openVerifier } from '#libs/auth/index.js';
import { ConfigurationView } from '#libs/configuration/index.js';
import { createWebApp, listen, WebModule } from '#libs/http/index.js';
import { createLogger, createMetrics } from '#libs/observability/index.js';
import { openStores, runProcess, sharedUrls } from '#libs/runtime/index.js';
import { QueryApiProcessModule } from './query-api-process.module.js';
import { openQuerySide } from './query-side.js';
import { TRACK_LIMIT } from './track-limit.js';

/** The query half alone, on servers shared with the other processes. */
await runProcess('query-api', async (settings, undo) => {
  const logger = createLogger({ level: settings.logLevel, service: 'query-api' });
  const metrics = createMetrics('query-api');
  const stores = await openStores(settings, sharedUrls(settings), logger);
  undo(() => stores.close());
  const view = await ConfigurationView.open(stores.eventStore, (reason) => {
    logger.warn({ reason }, 'The configuration view lost its place in the log and goes on');
  });
  undo(() => view.close());
  const querySide = openQuerySide(stores, { settings, view });
  undo(() => querySide.close());
  const verifier = await openVerifier(settings);
  const web = WebModule.forRoot({ verifier, logger, metrics, checks: querySide.checks });
  const module = QueryApiProcessModule.forRoot(web, querySide.parts);
  const app = await createWebApp(module, { logger, metrics, rateLimits: [TRACK_LIMIT] });
  let close = (): Promise<void> => app.close();
  undo(() => close());
  const listening = await listen(app, settings.host, settings.port);
  close = () => listening.close();
  return listening.url;
});
