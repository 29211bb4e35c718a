import { InvalidCursorError } from './read-store.errors.js';

/** What a sort key may hold; a missing field counts as null. */
export type SortValue = string | number | boolean | null;

/** The place after which the next page begins: the last item's sort keys, its id last. */
export interface PagePlace {
  /** Names the list and its order, so that a cursor of another one is refused instead of skipping items. */
  readonly order: string;
  readonly after: readonly SortValue[];
}

/** Opaque, not secret: base64url of `[order, ...values]`. It grants nothing that the filter does not. */
export function encodeCursor(place: PagePlace): string {
  return Buffer.from(JSON.stringify([place.order, ...place.after])).toString('base64url');
}

/** @throws InvalidCursorError */
export function decodeCursor(cursor: string, order: string, keys: number): PagePlace {
  const [found, ...after] = parsed(cursor);
  if (found !== order || after.length !== keys) throw new InvalidCursorError();
  if (!after.every(isSortValue)) throw new InvalidCursorError();
  return { order, after };
}

function parsed(cursor: string): unknown[] {
  // Longer than any cursor that was handed out; not worth parsing.
  if (cursor.length > 2000 || !/^[\w-]+$/.test(cursor)) throw new InvalidCursorError();
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(value)) return value as unknown[];
  } catch {
    // falls through
  }
  throw new InvalidCursorError();
}

function isSortValue(value: unknown): value is SortValue {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
