export { startEmbeddedEventStore, type EventStoreOptions } from './embedded-event-store.js';
export { backupFolder, checkFolder, LogDamagedError } from './storage/folder.js';
export type { LogReport } from './storage/verify-log.js';
