import { issueToken } from '#libs/auth/index.js';
import { readSettings } from '#libs/settings/index.js';
import { readInstance } from '../../all-in-one/instance-file.js';

export interface ConnectionOptions {
  /** Default: the instance that runs on DATA_DIR, else HOST and PORT. */
  readonly url?: string;
  /** Default: COMPLAINTS_TOKEN, else a token signed with the key under DATA_DIR. */
  readonly token?: string;
}

/** The product answered with an error, or not at all. */
export class RequestFailedError extends Error {
  override readonly name = 'RequestFailedError';
  constructor(
    message: string,
    readonly status?: number,
  ) {
    super(message);
  }
}

/** Talks to a running product as any caller would: over HTTP, with a token. */
export interface ProductClient {
  readonly url: string;
  request(method: string, path: string, options?: RequestOptions): Promise<Response>;
  json<T>(path: string): Promise<T>;
}

export interface RequestOptions {
  readonly body?: string;
  readonly contentType?: string;
}

const SHORT_LIVED = '1h';

/** @throws RequestFailedError when no product answers there */
export async function connectProduct(role: string, options: ConnectionOptions): Promise<ProductClient> {
  const settings = readSettings(process.env);
  const url = (
    options.url ??
    (await runningInstance(settings.dataDir)) ??
    `http://${settings.host}:${settings.port}`
  ).replace(/\/$/, '');
  const isUp = await answers(url);
  if (!isUp) {
    throw new RequestFailedError(
      `Nothing answers at ${url}. Start the product ("npm start"), or name another with --url.`,
    );
  }
  const token =
    options.token ??
    process.env['COMPLAINTS_TOKEN'] ??
    (await issueToken({
      dataDir: settings.dataDir,
      sub: 'cli',
      name: 'Command line',
      roles: [role],
      expiresIn: SHORT_LIVED,
    }));
  return clientOf(url, token);
}

async function runningInstance(dataDir: string): Promise<string | undefined> {
  const instance = await readInstance(dataDir);
  return instance && (await answers(instance.url)) ? instance.url : undefined;
}

/** True when a product is alive there. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(3000) });
    return response.ok;
  } catch {
    return false;
  }
}

export function clientOf(url: string, token: string): ProductClient {
  const request = async (
    method: string,
    path: string,
    { body, contentType }: RequestOptions = {},
  ): Promise<Response> => {
    const headers: Record<string, string> = { Authorization: `Bearer ${token}` };
    if (contentType !== undefined) headers['Content-Type'] = contentType;
    const init = { method, headers, ...(body === undefined ? {} : { body }) };
    const response = await fetch(`${url}${path}`, init);
    if (!response.ok) throw new RequestFailedError(await problemText(response), response.status);
    return response;
  };
  return {
    url,
    request,
    json: async <T>(path: string) => (await (await request('GET', path)).json()) as T,
  };
}

async function problemText(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const problem = JSON.parse(text) as { title?: string; detail?: string };
    return `${response.status} ${problem.title ?? ''}: ${problem.detail ?? ''}`;
  } catch {
    return `${response.status} ${response.statusText}`;
  }
}
