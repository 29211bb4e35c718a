import canonicalizeModule from 'canonicalize';
import { createHmac } from 'node:crypto';
import type { MasterKey } from './master-key.js';

// Its typings name a default export that the CommonJS module is itself.
const canonicalize = canonicalizeModule as unknown as (value: unknown) => string | undefined;

/**
 * Tells whether two requests said the same, whatever the order of their fields. Keyed, because an unkeyed digest of
 * a short personal text can be found by trying.
 */
export function requestHash(body: unknown, masterKey: MasterKey): string {
  return createHmac('sha256', masterKey.digestKey)
    .update(canonicalize(body) ?? '', 'utf8')
    .digest('hex');
}
