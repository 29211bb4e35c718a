import type { Names } from '#libs/event-contracts/index.js';
import { isCoded, type CodedDimension, type Dimension } from '../grouping/dimensions.js';
import type { GroupNames } from '../grouping/groups.js';

export type Cell = string | number | boolean | null;

export interface ReportTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

const LANGUAGES = ['tr', 'en'] as const satisfies readonly (keyof Names)[];

interface KeyedFigures {
  readonly key: string;
  readonly keys: Readonly<Partial<Record<Dimension, string | null>>>;
  readonly names?: GroupNames;
}

/**
 * A report as a flat table for spreadsheets: a column per dimension, beside it one per language if its values are codes
 * with names, then one per figure (`overall.topTwoBox.share`), a row per group and the total last. Lists within figures become numbered columns, from 1.
 */
export function reportTable(
  groupBy: readonly Dimension[],
  total: object,
  groups: readonly KeyedFigures[],
): ReportTable {
  const figures = groups.map((group) => {
    const { key: _key, keys: _keys, names: _names, ...rest } = group;
    return new Map(flat(rest));
  });
  const totals = new Map(flat(total));
  const names = [...new Set([...totals.keys(), ...figures.flatMap((row) => [...row.keys()])])];
  const cells = (row: ReadonlyMap<string, Cell>): Cell[] => names.map((name) => row.get(name) ?? null);
  const named = (dimension: Dimension): dimension is CodedDimension =>
    isCoded(dimension) && groups.some(({ names }) => names?.[dimension] !== undefined);
  const keyColumns = groupBy.flatMap((dimension) => [
    dimension,
    ...(named(dimension) ? LANGUAGES.map((language) => `${dimension}.${language}`) : []),
  ]);
  const keyCells = ({ keys, names: called }: KeyedFigures): Cell[] =>
    groupBy.flatMap((dimension) => [
      keys[dimension] ?? null,
      ...(named(dimension) ? LANGUAGES.map((language) => called?.[dimension]?.[language] ?? null) : []),
    ]);
  const rows = groups.map((group, index) => [
    ...keyCells(group),
    ...cells(figures[index] ?? new Map<string, Cell>()),
  ]);
  const last = [...keyColumns.map((_, index) => (index === 0 ? 'TOTAL' : null)), ...cells(totals)];
  return { columns: [...keyColumns, ...names], rows: [...rows, last] };
}

function flat(value: object, prefix = ''): [string, Cell][] {
  return Object.entries(value).flatMap(([name, part]: [string, unknown]) => {
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (Array.isArray(part))
      return flat(Object.fromEntries(part.map((item, index) => [index + 1, item as unknown])), path);
    if (typeof part === 'object' && part !== null) return flat(part, path);
    return [[path, isCell(part) ? part : null]] satisfies [string, Cell][];
  });
}

function isCell(value: unknown): value is Cell {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
