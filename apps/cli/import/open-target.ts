import { issueToken } from '#libs/auth/index.js';
import { createLogger } from '#libs/observability/index.js';
import { readSettings } from '#libs/settings/index.js';
import { readInstance } from '../../all-in-one/instance-file.js';
import { startProduct } from '../../all-in-one/start-product.js';
import {
  type ConnectionOptions,
  type ProductClient,
  RequestFailedError,
  answers,
  clientOf,
} from '../client/product-client.js';

/** Where an import goes. */
export interface Target {
  readonly url: string;
  /** Role `service`. */
  readonly token: string;
  /** For what an import needs configured; undefined where this installation signs no tokens. */
  readonly admin?: ProductClient;
  close(): Promise<void>;
}

/** The running product, or one started for the while on DATA_DIR. */
export async function openTarget(options: ConnectionOptions): Promise<Target> {
  const settings = readSettings(process.env);
  const own = settings.oidc === undefined;
  const running =
    options.url ?? (await findRunning(settings.dataDir, `http://${settings.host}:${settings.port}`));
  if (options.url !== undefined && !(await answers(options.url))) {
    throw new RequestFailedError(`Nothing answers at ${options.url}.`);
  }
  const given = options.token ?? process.env['COMPLAINTS_TOKEN'];
  const tokenFor = (role: string): Promise<string> =>
    issueToken({ dataDir: settings.dataDir, sub: 'cli-import', name: 'Command line import', roles: [role] });
  const product =
    running === undefined
      ? await startProduct({ ...settings, port: 0 }, createLogger({ level: 'warn', service: 'import' }), {
          onExit: engineEnded,
        })
      : undefined;
  const url = (running ?? product?.url ?? '').replace(/\/$/, '');
  return {
    url,
    token: given ?? (await tokenFor('service')),
    ...(own ? { admin: clientOf(url, await tokenFor('admin')) } : {}),
    close: async () => product?.stop(),
  };
}

async function findRunning(dataDir: string, fallback: string): Promise<string | undefined> {
  const instance = await readInstance(dataDir);
  if (instance) return (await answers(instance.url)) ? instance.url : undefined;
  return (await answers(fallback)) ? fallback : undefined;
}

function engineEnded(engine: string): never {
  process.stderr.write(
    `The embedded ${engine} ended during the import; run the same command again to go on.\n`,
  );
  process.exit(1);
}
