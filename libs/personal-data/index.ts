export type { DataKey } from './data-key.js';
export type { KeyStore } from './key-store.port.js';
export type { KeyRecord, KeyRecords } from './key-records.port.js';
export { inMemoryKeyRecords } from './in-memory-key-records.js';
export { MasterKey, MasterKeyError } from './master-key.js';
export { type MasterKeySettings, openMasterKey } from './master-key-file.js';
export { createKeyStore, type KeyStoreOptions } from './create-key-store.js';
export { requestHash } from './request-hash.js';
export { ERASED, isSealed, keyIdOf, openText, SealedTextError, sealText } from './sealed-text.js';
export {
  createOpener,
  createSealer,
  CustomerErasedError,
  keyIdsOf,
  openEvent,
  type Opener,
  sealEvent,
  type Sealer,
} from './sealer.js';
