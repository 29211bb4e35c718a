import type { Collection, Document, Filter } from 'mongodb';
import { decodeCursor, encodeCursor, type SortValue } from './page-cursor.js';

export interface PageRequest<T> {
  readonly filter: Filter<T>;
  /** Most significant first; `_id` is appended as the tie-breaker. Dotted paths are allowed. */
  readonly sort: readonly (readonly [field: string, direction: 1 | -1])[];
  readonly limit: number;
  readonly cursor?: string;
  readonly projection?: Readonly<Record<string, 0 | 1>>;
  /** The sort fields are in every document, never null: then a page begins in the index where the one before ended. */
  readonly alwaysThere?: boolean;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/**
 * Pages by key, never by offset: an item that is inserted or moves while somebody pages neither repeats nor hides
 * another.
 * @throws InvalidCursorError
 */
export async function findPage<T extends Document & { _id: string }>(
  collection: Collection<T>,
  request: PageRequest<T>,
): Promise<Page<T>> {
  const keys = [...request.sort, ['_id', request.sort.at(-1)?.[1] ?? 1] as const];
  const order = `${collection.collectionName.replace(/_v\d+(_b\d+)?$/, '')}:${keys.map(([field, direction]) => `${field}${direction}`).join(',')}`;
  const filter =
    request.cursor === undefined
      ? request.filter
      : ({
          $and: [
            request.filter,
            ...afterPlace(
              keys,
              decodeCursor(request.cursor, order, keys.length).after,
              request.alwaysThere ?? false,
            ),
          ],
        } as Filter<T>);
  const found = await collection
    .find(filter, request.projection ? { projection: request.projection } : {})
    .sort(Object.fromEntries(keys))
    .limit(request.limit + 1)
    .toArray();
  const items = found.slice(0, request.limit) as T[];
  const last = items.at(-1);
  if (found.length <= request.limit || last === undefined) return { items, nextCursor: null };
  return { items, nextCursor: encodeCursor({ order, after: keys.map(([field]) => valueAt(last, field)) }) };
}

type Key = readonly [field: string, direction: 1 | -1];

/** Everything that sorts after the place: equal in the first keys and beyond in the next. */
function afterPlace(
  keys: readonly Key[],
  after: readonly SortValue[],
  alwaysThere: boolean,
): readonly Document[] {
  const branches = keys.flatMap((key, index) => {
    const beyond = beyondValue(key, after[index] ?? null, alwaysThere);
    if (!beyond) return [];
    const equal = keys.slice(0, index).map(([field], at) => ({ [field]: after[at] ?? null }));
    return [{ $and: [...equal, beyond] }];
  });
  const [first] = keys;
  const value = after[0] ?? null;
  if (!alwaysThere || first === undefined || value === null) return [{ $or: branches }];
  // Follows from the branches; said by itself because planners take bounds of an index from "and" only.
  const [field, direction] = first;
  return [{ [field]: direction === 1 ? { $gte: value } : { $lte: value } }, { $or: branches }];
}

/** Null and missing sort before everything; comparison operators never cross from one type to another. */
function beyondValue([field, direction]: Key, value: SortValue, alwaysThere: boolean): Document | undefined {
  if (direction === 1) return { [field]: value === null ? { $ne: null } : { $gt: value } };
  if (value === null) return undefined;
  return alwaysThere
    ? { [field]: { $lt: value } }
    : { $or: [{ [field]: { $lt: value } }, { [field]: null }] };
}

function valueAt(document: Document, path: string): SortValue {
  let value: unknown = document;
  for (const part of path.split('.')) value = (value as Record<string, unknown> | null | undefined)?.[part];
  return (value ?? null) as SortValue;
}
