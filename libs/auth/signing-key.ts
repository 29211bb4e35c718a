import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type CryptoKey,
  type JWK,
} from 'jose';

export const SIGNING_ALGORITHM = 'ES256';

/** The installation's own key pair, for tokens of the embedded default. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
}

export class SigningKeyError extends Error {
  override readonly name = 'SigningKeyError';
  readonly code = 'SIGNING_KEY';
}

export function signingKeyFile(dataDir: string): string {
  return join(dataDir, 'auth', 'signing-key.json');
}

/**
 * Reads the key pair, making it on first use. Two processes that start at once end up with the same pair.
 * @throws SigningKeyError when the file cannot be read or written, or is not such a key
 */
export async function openSigningKey(dataDir: string): Promise<SigningKey> {
  const file = signingKeyFile(dataDir);
  try {
    const jwk = (await readKey(file)) ?? (await createKey(dataDir, file));
    return await toSigningKey(jwk);
  } catch (error) {
    if (error instanceof SigningKeyError) throw error;
    throw new SigningKeyError(
      `The signing key ${file} cannot be used (${reasonOf(error)}). Make the folder writable, or restore the file from a backup; if it is deleted, a new key is made and all tokens issued so far end.`,
    );
  }
}

function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  // Only the file system's words: a parser's message would repeat pieces of the private key.
  return typeof code === 'string' && /^E[A-Z]+$/.test(code)
    ? (error as Error).message
    : 'it does not hold a private key';
}

async function readKey(file: string): Promise<JWK | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as JWK;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function createKey(dataDir: string, file: string): Promise<JWK> {
  const pair = await generateKeyPair(SIGNING_ALGORITHM, { extractable: true });
  const jwk = await exportJWK(pair.privateKey);
  await mkdir(join(dataDir, 'auth'), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  try {
    await writeDurably(draft, JSON.stringify(jwk));
    // A link appears whole or not at all, and never replaces: whoever comes second takes the first one's key.
    await link(draft, file);
    return jwk;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const winner = await readKey(file);
    if (!winner) throw error;
    return winner;
  } finally {
    await rm(draft, { force: true });
  }
}

async function writeDurably(path: string, content: string): Promise<void> {
  const handle: FileHandle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function toSigningKey(jwk: JWK): Promise<SigningKey> {
  const { kty, crv, x, y, d } = jwk;
  if (kty !== 'EC' || crv !== 'P-256' || d === undefined) throw new Error('not a private P-256 key');
  const [privateKey, publicKey] = await Promise.all([
    importJWK({ kty, crv, x, y, d }, SIGNING_ALGORITHM),
    importJWK({ kty, crv, x, y }, SIGNING_ALGORITHM),
  ]);
  if (privateKey instanceof Uint8Array || publicKey instanceof Uint8Array)
    throw new Error('not an asymmetric key');
  return { kid: await calculateJwkThumbprint({ kty, crv, x, y }), privateKey, publicKey };
}
