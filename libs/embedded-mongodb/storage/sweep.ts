import type { Catalog } from './catalog.js';
import type { Environment } from './environment.js';

const perStep = 2000;

/** Deletes a piece of what was dropped. True while there is more. */
export function sweepStep(environment: Environment, catalog: Catalog): boolean {
  for (const { kind, id, forget } of catalog.garbage()) {
    if (kind === 'd') {
      const top = { collection: id, record: 2 ** 48 - 1 };
      const range = { start: { collection: id, record: 0 }, end: top, limit: perStep };
      const keys = [...environment.documents.getKeys(range as never)] as unknown as {
        collection: number;
        record: number;
      }[];
      for (const key of keys) void environment.documents.remove(key);
      if (keys.length === 0) forget();
    } else {
      const store = kind === 'u' ? environment.unique : environment.entries;
      const start = Buffer.alloc(4);
      start.writeUInt32BE(id);
      const end = Buffer.alloc(4);
      end.writeUInt32BE(id + 1);
      const keys = [...store.getKeys({ start, end, limit: perStep })];
      for (const key of keys) void store.remove(key);
      if (keys.length === 0) forget();
    }
    return true;
  }
  return false;
}
