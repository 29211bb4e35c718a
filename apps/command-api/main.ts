import 'reflect-metadata';
import { openVerifier } from '#libs/auth/index.js';
import { seedConfiguration } from '#libs/configuration/index.js';
import { WebModule, createWebApp, listen } from '#libs/http/index.js';
import { createLogger, createMetrics } from '#libs/observability/index.js';
import { openStores, runProcess, sharedUrls } from '#libs/runtime/index.js';
import { CommandApiProcessModule } from './command-api-process.module.js';
import { openCommandSide } from './command-side.js';
import { IMPORT_BODY } from './import-complaints/import-body.js';

/** The command half alone, on servers shared with the other processes. */
await runProcess('command-api', async (settings, undo) => {
  const logger = createLogger({ level: settings.logLevel, service: 'command-api' });
  const metrics = createMetrics('command-api');
  const stores = await openStores(settings, sharedUrls(settings), logger);
  undo(() => stores.close());
  const commandSide = await openCommandSide(stores, logger);
  undo(() => commandSide.view.close());
  await seedConfiguration(commandSide.configuration);
  const checks = [
    {
      name: 'event-store',
      check: async () => ({ ok: (await stores.eventStore.head(['slaPolicy-'])) !== undefined }),
    },
    { name: 'read-store', check: async () => ({ ok: (await stores.readStore.ping(), true) }) },
  ];
  const web = WebModule.forRoot({ verifier: await openVerifier(settings), logger, metrics, checks });
  const app = await createWebApp(CommandApiProcessModule.forRoot(web, commandSide), {
    logger,
    metrics,
    rawBodies: [IMPORT_BODY],
  });
  let close = (): Promise<void> => app.close();
  undo(() => close());
  const listening = await listen(app, settings.host, settings.port, { requestTimeoutMs: 0 });
  close = () => listening.close();
  return listening.url;
});
