import 'reflect-metadata';
import { openVerifier } from '#libs/auth/index.js';
import { ConfigurationView } from '#libs/configuration/index.js';
import { createWebApp, listen, WebModule } from '#libs/http/index.js';
import { createLogger, createMetrics } from '#libs/observability/index.js';
import { openStores, runProcess, sharedUrls } from '#libs/runtime/index.js';
import { EscalatorModule } from './escalator.module.js';
import { openCommands } from './open-commands.js';
import { openEscalation } from './open-escalation.js';

/** One of any number of escalators on the same servers: one acts, the others stand by. */
await runProcess('escalator', async (settings, undo) => {
  const logger = createLogger({ level: settings.logLevel, service: 'escalator' });
  const metrics = createMetrics('escalator');
  const stores = await openStores(settings, sharedUrls(settings), logger);
  undo(() => stores.close());
  const { eventStore, readStore } = stores;
  const view = await ConfigurationView.open(eventStore, (reason) => {
    logger.warn({ reason }, 'The configuration view lost its place in the log and goes on');
  });
  undo(() => view.close());
  const commands = openCommands(stores, view);
  const { notify } = settings;
  const escalation = await openEscalation({ eventStore, readStore, commands, view, notify, logger, metrics });
  undo(() => escalation.stop());
  const checks = [
    {
      name: 'event-store',
      check: async () => ({ ok: (await eventStore.head(['slaPolicy-'])) !== undefined }),
    },
    { name: 'read-store', check: async () => ({ ok: (await readStore.ping(), true) }) },
  ];
  const web = WebModule.forRoot({ verifier: await openVerifier(settings), logger, metrics, checks });
  const app = await createWebApp(EscalatorModule.forRoot(web), { logger, metrics });
  let close = (): Promise<void> => app.close();
  undo(() => close());
  const listening = await listen(app, settings.host, settings.port, { requestTimeoutMs: 0 });
  close = () => listening.close();
  return listening.url;
});
