import type { Doc } from '../bson/doc.js';
import type { IndexEntry } from '../storage/catalog.js';
import type { Filter } from '../query/filter.js';
import type { FieldBounds, KeyRange } from './bounds.js';

export interface SortField {
  readonly path: string;
  readonly parts: readonly string[];
  readonly descending: boolean;
}

export interface IndexPlan {
  readonly kind: 'index';
  readonly index: IndexEntry;
  /** Of its fields one after another, as far as the filter bounds them. */
  readonly bounds: readonly FieldBounds[];
  /** In the index's order, apart from each other. */
  readonly ranges: readonly KeyRange[];
  readonly reverse: boolean;
  /** Each range is one whole key of a unique index. */
  readonly points: boolean;
  /** How many leading bytes of its keys each range has in common, where the ranges are to be merged by what follows. */
  readonly merge: readonly number[] | undefined;
  readonly sorted: boolean;
}

export interface CollectionPlan {
  readonly kind: 'collection';
  readonly reverse: boolean;
  readonly sorted: boolean;
}

/** Each branch of an $or by its own index. */
export interface UnionPlan {
  readonly kind: 'union';
  readonly branches: readonly { readonly filter: Filter; readonly plan: IndexPlan }[];
  readonly sorted: false;
}

export type Plan = IndexPlan | CollectionPlan | UnionPlan;

/** What a query asks for, as far as a plan depends on it. */
export interface Wish {
  readonly filter: Filter;
  readonly sort: readonly SortField[] | undefined;
  readonly natural: 1 | -1 | undefined;
  readonly hint: string | Doc | undefined;
}
