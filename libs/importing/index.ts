export * from './import-line.js';
export { inOrder, type InOrderOptions } from './in-order.js';
export type * from './event-log/event-log-mapping.js';
export { codeOf } from './event-log/event-log-mapping.js';
export { createEventLogReader, type RowReading } from './event-log/event-log-reader.js';
export type * from './import-answer.js';
export { ImportFailedError, type ImportTarget, sendImport } from './send-import.js';
