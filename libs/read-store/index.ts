export type { AnyBulkWriteOperation, Collection, Document, Filter, Sort } from 'mongodb';
export { connectReadStore, type ReadStore, type ReadStoreOptions } from './read-store.js';
export { InvalidCursorError, ReadStoreUnavailableError } from './read-store.errors.js';
export { decodeCursor, encodeCursor, type PagePlace, type SortValue } from './page-cursor.js';
export { findPage, type Page, type PageRequest } from './find-page.js';
export type { CollectionIndex } from './collection-indexes.js';
export { projectionStoreOn } from './projection-store.adapter.js';
export { openKeyStore, type OpenKeyStoreOptions } from './key-store.adapter.js';
export { commandKeysOn, externalIdsOn } from './command-keys.adapter.js';
