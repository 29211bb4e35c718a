export { startEmbeddedEventStore, type EventStoreOptions } from './embedded-event-store.js';
