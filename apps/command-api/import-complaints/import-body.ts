import { BASE_PATH, type RawBodyRoute } from '#libs/http/index.js';

/** An import reads its body line by line, however long it is. */
export const IMPORT_BODY: RawBodyRoute = { path: `${BASE_PATH}/import`, types: ['application/x-ndjson'] };
