export * from './event-store.port.js';
export * from './event-store-errors.js';
export { connectEventStore, type ConnectOptions } from './connect-event-store.js';
export { contractsCodec } from './contracts-codec.js';
export type { EventCodec } from './event-codec.js';
export type { EventStoreLogger } from './logger.js';
export {
  comparePositions,
  formatPosition,
  InvalidPositionError,
  isPosition,
  parsePosition,
  type PositionHalves,
} from './position.js';
