/** What the call tree's events say of a node that matters to targets. */
export interface CallTreeNode {
  readonly parent?: string;
  readonly active?: boolean;
}

export type CallTree = ReadonlyMap<string, CallTreeNode>;

/** The node itself, then its ancestors up to the root. A parent that is unknown or already passed ends the path. */
export function pathOf(tree: CallTree, node: string): string[] {
  const path: string[] = [];
  for (let at: string | undefined = node; at !== undefined && !path.includes(at); at = tree.get(at)?.parent) {
    path.push(at);
  }
  return path;
}
