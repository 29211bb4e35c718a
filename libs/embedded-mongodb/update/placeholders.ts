import { Doc } from '../bson/doc.js';
import { shell } from '../bson/shell.js';
import { isArray } from '../bson/types.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { fail } from '../errors.js';
import { compileFilter, type Predicate } from '../query/compile-filter.js';
import type { Filter } from '../query/filter.js';
import { parseFilter } from '../query/parse-filter.js';
import type { Placeholders } from './modify-path.js';

const none: ReadonlyMap<string, Predicate> = new Map();

/** `$` means the first element that the filter's own condition on that array accepts. */
export function placeholders(filter: () => Filter, arrayFilters: MaybeValue): Placeholders {
  const named = arrayFilters === undefined ? none : parseArrayFilters(arrayFilters);
  return {
    matched: (path, array) => {
      const index = matchedIndex(filter(), path, array);
      if (index < 0)
        throw fail('BadValue', 'The positional operator did not find the match needed from the query.');
      return index;
    },
    selects: (name, element) => {
      const predicate = named.get(name);
      if (!predicate) throw fail('BadValue', `No array filter found for identifier '${name}' in path`);
      return predicate(Doc.of({ [name]: element }));
    },
  };
}

function parseArrayFilters(arrayFilters: MaybeValue): Map<string, Predicate> {
  const named = new Map<string, Predicate>();
  if (!isArray(arrayFilters)) throw fail('TypeMismatch', 'arrayFilters must be an array');
  for (const item of arrayFilters) {
    if (!(item instanceof Doc)) throw fail('TypeMismatch', 'array filters must be documents');
    const filter = parseFilter(item, () => {
      throw fail('BadValue', '$expr is not allowed in array filters');
    });
    const names = new Set(pathsOf(filter).map((path) => path.split('.')[0] as string));
    const [name] = names;
    if (names.size !== 1 || name === undefined) {
      throw fail(
        'FailedToParse',
        'Error parsing array filter :: caused by :: Expected a single top-level field name',
      );
    }
    if (!/^[a-z][a-zA-Z0-9]*$/.test(name)) {
      throw fail(
        'BadValue',
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${name}'`,
      );
    }
    if (named.has(name))
      throw fail('FailedToParse', `Found multiple array filters with the same top-level field name ${name}`);
    named.set(name, compileFilter(filter));
  }
  return named;
}

/** @throws for a filter whose name no path of the update holds */
export function refuseUnused(arrayFilters: MaybeValue, update: Doc): void {
  const paths = update.values.flatMap((fields) => (fields instanceof Doc ? fields.keys : []));
  for (const name of parseArrayFilters(arrayFilters).keys()) {
    if (paths.some((path) => path.split('.').includes(`$[${name}]`))) continue;
    throw fail(
      'FailedToParse',
      `The array filter for identifier '${name}' was not used in the update ${shell(update)}`,
    );
  }
}

function pathsOf(filter: Filter): string[] {
  if (filter.kind === 'field') return [filter.path];
  return 'filters' in filter ? filter.filters.flatMap(pathsOf) : [];
}

/** -1 where the filter says nothing of the array, or no element by itself meets it. */
export function matchedIndex(filter: Filter, path: string, array: readonly Value[]): number {
  const condition = conditionOn(filter, path);
  const predicate = condition && compileFilter(condition);
  // The array with one element alone: does that element meet the condition?
  return predicate ? array.findIndex((element) => predicate(nest(path.split('.'), [element]))) : -1;
}

function nest(parts: readonly string[], value: Value): Doc {
  const [first = '', ...rest] = parts;
  return Doc.of({ [first]: rest.length > 0 ? nest(rest, value) : value });
}

function conditionOn(filter: Filter, path: string): Filter | undefined {
  if (filter.kind === 'field') {
    return filter.path === path || filter.path.startsWith(`${path}.`) ? filter : undefined;
  }
  if (filter.kind === 'and' || filter.kind === 'or') {
    for (const inner of filter.filters) {
      const found = conditionOn(inner, path);
      if (found) return found;
    }
  }
  return undefined;
}
