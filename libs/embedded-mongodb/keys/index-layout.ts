import type { KeyField } from './index-keys.js';

/** A path that some index has: the field at the top of the document, and the way on from there. */
export interface IndexedPath {
  readonly slot: number;
  readonly rest: readonly string[];
}

/** One index, its fields as numbers of the layout's paths. */
export interface IndexShape {
  readonly paths: readonly number[];
  readonly descending: readonly boolean[];
}

/** What all indexes of a collection look at, each field and each path once. */
export interface IndexLayout {
  /** The fields at the top, by name. */
  readonly slots: ReadonlyMap<string, number>;
  readonly paths: readonly IndexedPath[];
  /** As the indexes are ordered. */
  readonly shapes: readonly IndexShape[];
}

interface WithFields {
  readonly fields: readonly KeyField[];
}

/** By the list itself: it is replaced whenever an index comes or goes. */
const known = new WeakMap<readonly WithFields[], IndexLayout>();

export function layoutOf(indexes: readonly WithFields[]): IndexLayout {
  let layout = known.get(indexes);
  if (!layout) {
    layout = layOut(indexes);
    known.set(indexes, layout);
  }
  return layout;
}

function layOut(indexes: readonly WithFields[]): IndexLayout {
  const slots = new Map<string, number>();
  const numbers = new Map<string, number>();
  const paths: IndexedPath[] = [];
  const numberOf = ({ path, parts }: KeyField): number => {
    const [top = '', ...rest] = parts;
    if (!slots.has(top)) slots.set(top, slots.size);
    let number = numbers.get(path);
    if (number === undefined) {
      number = paths.length;
      numbers.set(path, number);
      paths.push({ slot: slots.get(top) as number, rest });
    }
    return number;
  };
  const shapes = indexes.map(({ fields }) => ({
    paths: fields.map(numberOf),
    descending: fields.map(({ descending }) => descending),
  }));
  return { slots, paths, shapes };
}
