import type { FolderFormat } from '#libs/engine-host/index.js';

/** Version 1: see event-log.ts for the tables and stored-event.ts for what is in them. */
export const folderFormat: FolderFormat = { engine: 'embedded-eventstore', version: 1 };
