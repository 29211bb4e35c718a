import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { IssuerUnavailableError } from './authentication-error.js';
import { verifierWith, type TokenVerifier } from './token-verifier.js';

export interface OidcOptions {
  readonly issuer: string;
  readonly audience: string;
  /** Left out: discovered from the issuer. */
  readonly jwksUrl?: string;
}

/** Asymmetric algorithms only: with a shared secret, whoever verifies could also sign. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const TIMEOUT_MS = 5000;
/** After a failed discovery the next request within this time fails at once instead of knocking again. */
const RETRY_AFTER_MS = 5000;
const LARGEST_DOCUMENT = 256 * 1024;

/** Verifies against the keys that an OIDC issuer publishes; they are cached and fetched anew when an unknown one appears. */
export function oidcVerifier(options: OidcOptions): TokenVerifier {
  const keySet = lazily(options.issuer, async () => {
    const url = options.jwksUrl ?? (await discoverJwksUrl(options.issuer));
    return createRemoteJWKSet(new URL(url), {
      timeoutDuration: TIMEOUT_MS,
      cooldownDuration: 30_000,
      cacheMaxAge: 600_000,
    });
  });
  const getKey: JWTVerifyGetKey = async (header, token) => {
    const find = await keySet();
    try {
      return await find(header, token);
    } catch (error) {
      throw isAnswerAboutTheKey(error)
        ? error
        : new IssuerUnavailableError(options.issuer, 'its key set does not answer');
    }
  };
  return verifierWith(getKey, { issuer: options.issuer, audience: options.audience, algorithms: ALGORITHMS });
}

function isAnswerAboutTheKey(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

function lazily<T>(issuer: string, make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  let failedAt = -Infinity;
  return () => {
    if (made) return made;
    if (performance.now() - failedAt < RETRY_AFTER_MS) {
      return Promise.reject(new IssuerUnavailableError(issuer, 'the last attempt failed a moment ago'));
    }
    made = make().catch((error: unknown) => {
      made = undefined;
      failedAt = performance.now();
      throw error;
    });
    return made;
  };
}

async function discoverJwksUrl(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    const text = await response.text();
    if (text.length > LARGEST_DOCUMENT) throw new Error(`${url} answered too much`);
    const found = JSON.parse(text) as { issuer?: unknown; jwks_uri?: unknown };
    if (found.issuer !== issuer)
      throw new Error(`${url} speaks for another issuer; OIDC_ISSUER must be written exactly as there`);
    if (typeof found.jwks_uri !== 'string' || !isSecure(found.jwks_uri))
      throw new Error(`${url} names no usable jwks_uri`);
    return found.jwks_uri;
  } catch (error) {
    throw new IssuerUnavailableError(issuer, (error as Error).message);
  }
}

function isSecure(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (
    url.protocol === 'https:' ||
    (url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
  );
}
