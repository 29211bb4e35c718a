import type { FolderFormat } from '#libs/engine-host/index.js';

/** Changes whenever an older release could not read what this one writes. */
export const folderFormat: FolderFormat = { engine: 'embedded-mongodb', version: 1 };
