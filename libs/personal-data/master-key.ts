import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { SealedTextError } from './sealed-text.js';

/** The one secret of an installation: wraps the customers' keys and keys the digests of requests. */
export class MasterKey {
  private readonly wrappingKey: Uint8Array;
  /** Key of the digests that tell request bodies apart. */
  readonly digestKey: Uint8Array;
  /** Tells which master key wrapped something, without telling anything about the key. */
  readonly fingerprint: string;

  private constructor(secret: Uint8Array) {
    this.wrappingKey = derive(secret, 'wrap data keys');
    this.digestKey = derive(secret, 'digest requests');
    this.fingerprint = createHash('sha256').update(derive(secret, 'fingerprint')).digest('hex').slice(0, 16);
  }

  /** 32 bytes, as 64 hexadecimal digits or as base64. @throws MasterKeyError */
  static fromText(text: string, source: string): MasterKey {
    const trimmed = text.trim();
    if (/^[0-9a-f]{64}$/i.test(trimmed)) return new MasterKey(Buffer.from(trimmed, 'hex'));
    const secret = Buffer.from(trimmed, 'base64');
    if (!/^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed) || secret.length !== masterKeyLength) {
      throw new MasterKeyError(
        `${source} holds no key: 32 random bytes are wanted, e.g. the output of "openssl rand -base64 32".`,
      );
    }
    return new MasterKey(secret);
  }

  static random(): MasterKey {
    return new MasterKey(randomBytes(masterKeyLength));
  }

  wrap(secret: Uint8Array, keyId: string): Uint8Array {
    const iv = randomBytes(ivLength);
    const cipher = createCipheriv('aes-256-gcm', this.wrappingKey, iv, { authTagLength: tagLength });
    cipher.setAAD(Buffer.from(keyId));
    return Buffer.concat([iv, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  }

  /** @throws SealedTextError when it was wrapped by another master key, or altered */
  unwrap(wrapped: Uint8Array, keyId: string): Uint8Array {
    try {
      const options = { authTagLength: tagLength };
      const opener = createDecipheriv(
        'aes-256-gcm',
        this.wrappingKey,
        wrapped.subarray(0, ivLength),
        options,
      );
      opener.setAAD(Buffer.from(keyId));
      opener.setAuthTag(wrapped.subarray(-tagLength));
      return Buffer.concat([opener.update(wrapped.subarray(ivLength, -tagLength)), opener.final()]);
    } catch {
      throw new SealedTextError(`The wrapped key ${keyId} has been altered.`);
    }
  }
}

/** The master key is missing, malformed, or another than the one that wrapped the stored keys. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError';
}

export const masterKeyLength = 32;
const ivLength = 12;
const tagLength = 16;

/** One derived key per use: no key serves two algorithms. */
function derive(secret: Uint8Array, use: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, 'complaint-ledger', use, masterKeyLength));
}
