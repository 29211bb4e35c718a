import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { SEALED_PATTERN } from '#libs/event-contracts/index.js';
import type { DataKey } from './data-key.js';
import { ERASED, isSealed, keyIdOf, openText, SealedTextError, sealText } from './sealed-text.js';

const newKey = (): DataKey => ({ keyId: randomUUID(), secret: randomBytes(32) });
const keyring = (...keys: DataKey[]) => new Map(keys.map((key) => [key.keyId, key]));

describe('a sealed text', () => {
  const key = newKey();

  it.each([
    'Ayşe Gül Çağlayan-Öztürk',
    'محمد عبد الله',
    'שלום עולם',
    '李小龍',
    '👩‍👩‍👧‍👦 🏳️‍🌈',
    'e\u0301 is not \u00e9',
    '',
    'ends like padding\u0080\u0000',
  ])('opens to the very text: %j', (text) => {
    expect(openText(sealText(text, key), keyring(key))).toBe(text);
  });

  it('opens to the very text, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(openText(sealText(text, key), keyring(key))).toBe(text);
      }),
    );
  });

  it('has the form that the schemas of events ask for, and names its key', () => {
    const sealed = sealText('Ayşe', key);
    expect(sealed).toMatch(new RegExp(SEALED_PATTERN));
    expect(isSealed(sealed)).toBe(true);
    expect(keyIdOf(sealed)).toBe(key.keyId);
  });

  it('never looks the same twice', () => {
    expect(sealText('Ayşe', key)).not.toBe(sealText('Ayşe', key));
  });

  it('does not tell how long a short text is', () => {
    expect(sealText('Su', key)).toHaveLength(sealText('Abdurrahman', key).length);
    expect(sealText('x'.repeat(15), key).length).toBeLessThan(sealText('x'.repeat(16), key).length);
  });

  it('is "[erased]" when its key is gone, and opens when it is there', () => {
    const sealed = sealText('Ayşe', key);
    expect(openText(sealed, keyring(newKey()))).toBe(ERASED);
    expect(openText(sealed, keyring(newKey(), key))).toBe('Ayşe');
  });

  it('refuses to open when a single bit of it was changed', () => {
    const sealed = sealText('Ayşe', key);
    const start = sealed.lastIndexOf(':') + 1;
    const bytes = Buffer.from(sealed.slice(start), 'base64url');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(7), (index, bit) => {
        const changed = Buffer.from(bytes);
        changed[index] = changed[index]! ^ (1 << bit);
        const text = sealed.slice(0, start) + changed.toString('base64url');
        expect(() => openText(text, keyring(key))).toThrow(SealedTextError);
      }),
    );
  });

  it('refuses to open under the name of another key', () => {
    const other = newKey();
    const moved = sealText('Ayşe', key).replace(key.keyId, other.keyId);
    expect(() => openText(moved, keyring(other))).toThrow(SealedTextError);
    const sameSecret = { keyId: other.keyId, secret: key.secret };
    expect(() => openText(moved, keyring(sameSecret))).toThrow(SealedTextError);
  });

  it.each(['sealed:1:', 'sealed:1:x:y', `sealed:1:${'a'.repeat(36)}:`, `sealed:1:${randomUUID()}:!`])(
    'refuses the malformed %j without quoting it',
    (text) => {
      expect(() => openText(text, keyring(key))).toThrow('A sealed text is malformed.');
    },
  );

  it('names no content when it does not open', () => {
    const sealed = sealText('Ayşe Yılmaz', key);
    try {
      openText(sealed.slice(0, -6), keyring(key));
      throw new Error('was opened');
    } catch (error) {
      expect(error).toBeInstanceOf(SealedTextError);
      expect((error as Error).message).not.toContain('Ayşe');
      expect((error as Error).cause).toBeUndefined();
    }
  });

  it('may seal what looks sealed already', () => {
    const tricky = sealText('inner', newKey());
    expect(openText(sealText(tricky, key), keyring(key))).toBe(tricky);
  });
});
