import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { DataKey } from './data-key.js';

/** Stands where a text was whose key has been destroyed. */
export const ERASED = '[erased]';

/** `sealed:1:<key id>:<base64url of iv, ciphertext and tag>`; the 1 is the version of this form. */
const form = /^sealed:1:([0-9a-f-]{36}):([A-Za-z0-9_-]+)$/;
const prefix = 'sealed:1:';
const ivLength = 12;
const tagLength = 16;
/** Texts are padded to whole blocks, so that the length of a name or an answer does not give it away. */
const blockLength = 16;
/** Ends the text and begins the padding; a bit pattern as in ISO/IEC 7816-4, so that any text is told from padding. */
const endMark = 0x80;

/** A sealed text was changed, or sealed with another key. Names no content. */
export class SealedTextError extends Error {
  override readonly name = 'SealedTextError';
}

export function sealText(text: string, key: DataKey): string {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', key.secret, iv, { authTagLength: tagLength });
  // Bound to its key's id: a text moved under another id does not open.
  cipher.setAAD(Buffer.from(key.keyId));
  const sealed = Buffer.concat([iv, cipher.update(padded(text)), cipher.final(), cipher.getAuthTag()]);
  return `${prefix}${key.keyId}:${sealed.toString('base64url')}`;
}

/** Whether a text has the form, and so which key opens it. */
export function keyIdOf(text: string): string | undefined {
  return form.exec(text)?.[1];
}

export function isSealed(text: string): boolean {
  return text.startsWith(prefix);
}

/**
 * Text that is not sealed is returned as it is; text whose key is gone as `[erased]`.
 * @throws SealedTextError
 */
export function openText(text: string, keys: ReadonlyMap<string, DataKey>): string {
  if (!isSealed(text)) return text;
  const [, keyId, content] = form.exec(text) ?? [];
  if (keyId === undefined || content === undefined) throw new SealedTextError('A sealed text is malformed.');
  const key = keys.get(keyId);
  return key ? decipher(Buffer.from(content, 'base64url'), key) : ERASED;
}

function decipher(sealed: Buffer, key: DataKey): string {
  if (sealed.length < ivLength + blockLength + tagLength) {
    throw new SealedTextError('A sealed text is too short.');
  }
  try {
    const options = { authTagLength: tagLength };
    const opener = createDecipheriv('aes-256-gcm', key.secret, sealed.subarray(0, ivLength), options);
    opener.setAAD(Buffer.from(key.keyId));
    opener.setAuthTag(sealed.subarray(-tagLength));
    return unpadded(Buffer.concat([opener.update(sealed.subarray(ivLength, -tagLength)), opener.final()]));
  } catch {
    // Without the cause: what a cipher says about foreign bytes helps nobody who may see it.
    throw new SealedTextError(`A text sealed with key ${key.keyId} has been altered.`);
  }
}

function padded(text: string): Buffer {
  const length = Buffer.byteLength(text, 'utf8');
  const whole = Buffer.alloc((Math.floor(length / blockLength) + 1) * blockLength);
  whole.write(text, 'utf8');
  whole[length] = endMark;
  return whole;
}

function unpadded(whole: Buffer): string {
  return whole.subarray(0, whole.lastIndexOf(endMark)).toString('utf8');
}
