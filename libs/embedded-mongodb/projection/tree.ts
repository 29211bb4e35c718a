import { Doc } from '../bson/doc.js';
import { isArray } from '../bson/types.js';
import type { MaybeValue, Value } from '../bson/values.js';
import { failAt } from '../errors.js';
import type { Evaluate, Frame } from '../expression/scope.js';

/** What is done with one field. */
export type Leaf =
  | { readonly kind: 'include' | 'exclude' }
  | { readonly kind: 'compute'; readonly evaluate: Evaluate }
  /** Of find alone: made of the field's own value. */
  | { readonly kind: 'transform'; readonly apply: (value: MaybeValue, doc: Doc) => MaybeValue };

export type Tree = Map<string, Leaf | Tree>;

export const isTree = (node: Leaf | Tree): node is Tree => node instanceof Map;

/** @throws where one path leads over another's end */
export function plant(tree: Tree, parts: readonly string[], leaf: Leaf, path = parts.join('.')): void {
  const [name, ...rest] = parts as [string, ...string[]];
  if (name === '') throw failAt(40353, `FieldPath '${path}' must not have empty parts`);
  const known = tree.get(name);
  if (rest.length === 0) {
    if (known) throw failAt(31250, `Path collision at ${path}`);
    tree.set(name, leaf);
    return;
  }
  if (known && !isTree(known))
    throw failAt(31249, `Path collision at ${path} remaining portion ${rest.join('.')}`);
  const branch: Tree = known ?? new Map<string, Leaf | Tree>();
  tree.set(name, branch);
  plant(branch, rest, leaf, path);
}

interface Fields {
  readonly names: string[];
  readonly values: Value[];
}

function put(fields: Fields, name: string, value: MaybeValue): void {
  if (value === undefined) return;
  fields.names.push(name);
  fields.values.push(value);
}

const docOf = ({ names, values }: Fields): Doc => Doc.fromLists(names, values);

/** Only what the tree names; computed fields follow in the tree's order. */
export function include(doc: Doc, tree: Tree, frame: Frame): Doc {
  const fields: Fields = { names: [], values: [] };
  const { keys, values } = doc;
  const met = new Set<string>();
  for (let i = 0; i < keys.length; i++) {
    const name = keys[i] as string;
    const node = tree.get(name);
    if (!node || (!isTree(node) && node.kind === 'compute')) continue;
    met.add(name);
    const value = values[i] as Value;
    if (isTree(node)) put(fields, name, includeBelow(value, node, frame));
    else if (node.kind === 'transform') put(fields, name, node.apply(value, frame.root));
    else put(fields, name, value);
  }
  for (const [name, node] of tree) {
    if (!isTree(node)) {
      if (node.kind === 'compute') put(fields, name, node.evaluate(frame));
    } else if (!met.has(name) && hasComputed(node)) put(fields, name, include(Doc.empty, node, frame));
  }
  return docOf(fields);
}

function includeBelow(value: Value, tree: Tree, frame: Frame): MaybeValue {
  if (value instanceof Doc) return include(value, tree, frame);
  if (isArray(value))
    return value.map((item) => includeBelow(item, tree, frame)).filter((item) => item !== undefined);
  return hasComputed(tree) ? include(Doc.empty, tree, frame) : undefined;
}

const hasComputed = (tree: Tree): boolean =>
  [...tree.values()].some((node) => (isTree(node) ? hasComputed(node) : node.kind === 'compute'));

/** All but what the tree names. */
export function exclude(doc: Doc, tree: Tree, frame: Frame): Doc {
  const fields: Fields = { names: [], values: [] };
  const { keys, values } = doc;
  for (let i = 0; i < keys.length; i++) {
    const name = keys[i] as string;
    const value = values[i] as Value;
    const node = tree.get(name);
    if (!node) put(fields, name, value);
    else if (isTree(node)) put(fields, name, excludeBelow(value, node, frame));
    else if (node.kind === 'transform') put(fields, name, node.apply(value, frame.root));
    else if (node.kind === 'include') put(fields, name, value);
  }
  return docOf(fields);
}

function excludeBelow(value: Value, tree: Tree, frame: Frame): Value {
  if (value instanceof Doc) return exclude(value, tree, frame);
  if (isArray(value)) return value.map((item) => excludeBelow(item, tree, frame));
  return value;
}

/** The document with computed fields set: in place where there is one, at the end where there is none. */
export function assign(doc: Doc, tree: Tree, frame: Frame): Doc {
  const fields = new Map<string, Value>(doc.entries());
  for (const [name, node] of tree) {
    const value = isTree(node)
      ? assignBelow(fields.get(name), node, frame)
      : node.kind === 'compute'
        ? node.evaluate(frame)
        : undefined;
    if (value === undefined) fields.delete(name);
    else fields.set(name, value);
  }
  return Doc.fromLists([...fields.keys()], [...fields.values()]);
}

function assignBelow(value: MaybeValue, tree: Tree, frame: Frame): Value {
  if (value instanceof Doc) return assign(value, tree, frame);
  if (isArray(value)) return value.map((item) => assignBelow(item, tree, frame));
  return assign(Doc.empty, tree, frame);
}
