import { Doc } from '../bson/doc.js';
import { isNumeric } from '../bson/types.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { failAt } from '../errors.js';
import { compileExpression } from '../expression/compile.js';
import { Scope, type Frame } from '../expression/scope.js';
import type { Execution } from '../query/execution.js';
import { truthy } from '../query/parse-operator.js';
import type { FindProjection } from './find-projection.js';
import { exclude, include, plant, type Leaf, type Tree } from './tree.js';

export type Project = (doc: Doc) => Doc;

interface Parsing {
  readonly scope: Scope;
  readonly find: FindProjection | undefined;
  readonly leaves: { path: string; leaf: Leaf }[];
}

/** A projection of find or of `$project`. */
export function parseProjection(
  spec: Doc,
  execution: Execution,
  options: {
    variables?: ReadonlyMap<string, MaybeValue> | undefined;
    find?: FindProjection | undefined;
  } = {},
): Project {
  const parsing: Parsing = {
    scope: Scope.outermost(execution, options.variables),
    find: options.find,
    leaves: [],
  };
  parseFields(spec, '', parsing);
  const mode = modeOf(parsing.leaves);
  const tree: Tree = new Map();
  for (const { path, leaf } of parsing.leaves) plant(tree, path.split('.'), leaf);
  const id = tree.get('_id');
  if (mode === 'include') {
    if (id === undefined) tree.set('_id', { kind: 'include' });
    else if ('kind' in id && id.kind === 'exclude') tree.delete('_id');
  }
  const frame: Frame = { root: Doc.empty, slots: [] };
  const apply = mode === 'include' ? include : exclude;
  return (doc) => {
    frame.root = doc;
    return apply(doc, tree, frame);
  };
}

function parseFields(spec: Doc, prefix: string, parsing: Parsing): void {
  for (const [name, value] of spec.entries()) {
    const path = prefix + name;
    const positional = parsing.find && prefix === '' ? parsing.find.positional(name, value) : undefined;
    if (positional) parsing.leaves.push(positional);
    else if (name.startsWith('$'))
      throw failAt(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    else if (value instanceof Doc && !value.keys[0]?.startsWith('$')) {
      if (value.size === 0)
        throw failAt(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
      parseFields(value, `${path}.`, parsing);
    } else parsing.leaves.push({ path, leaf: leafOf(path, value, parsing) });
  }
}

function leafOf(path: string, value: Value, { scope, find }: Parsing): Leaf {
  if (typeof value === 'boolean' || isNumeric(value)) return { kind: truthy(value) ? 'include' : 'exclude' };
  const special = value instanceof Doc ? find?.operator(path, value) : undefined;
  return special ?? { kind: 'compute', evaluate: compileExpression(value, scope) };
}

/** The fields other than `_id` must agree; operators of find that only change a field agree with both. */
function modeOf(leaves: Parsing['leaves']): 'include' | 'exclude' {
  const others = leaves.filter(({ path }) => path !== '_id');
  const including = others.find(
    ({ leaf }) => leaf.kind === 'include' || leaf.kind === 'compute' || isElemMatch(leaf),
  );
  const excluding = others.find(({ leaf }) => leaf.kind === 'exclude');
  if (including && excluding) {
    const first = leaves.indexOf(including) < leaves.indexOf(excluding);
    throw first
      ? failAt(31254, `Cannot do exclusion on field ${excluding.path} in inclusion projection`)
      : failAt(31253, `Cannot do inclusion on field ${including.path} in exclusion projection`);
  }
  if (including) return 'include';
  if (excluding || others.length > 0) return 'exclude';
  return leaves.some(({ leaf }) => leaf.kind !== 'exclude') ? 'include' : 'exclude';
}

const isElemMatch = (leaf: Leaf): boolean => leaf.kind === 'transform' && 'selects' in leaf;
