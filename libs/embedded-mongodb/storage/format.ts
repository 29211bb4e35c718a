import type { FolderFormat, FormatMigrations } from '#libs/engine-host/index.js';

/** Changes whenever an older release could not read what this one writes. */
export const folderFormat: FolderFormat = { engine: 'embedded-mongodb', version: 2 };

/** In version 1 documents had no checksum; they are read as they are, and get one when they are written anew. */
export const folderMigrations: FormatMigrations = { 1: () => Promise.resolve() };
