import type { ConfigurationEventData, Names } from '#libs/event-contracts/index.js';
import { type ConfigurationDecision, type ConfigurationEnvelope, define } from './configuration-command.js';
import { type Rejection, firstOrAll, invalid } from '../decision/rejection.js';
import { codeProblem, namesProblem, sameDefinition, trimmedNames } from './definition-rules.js';
import { compact, isObject } from '../decision/input.js';

/** Body of `PUT /call-tree/{code}`, `/categories/{code}`; `active` defaults to true. */
export interface TreeEntryDefinition {
  readonly code: string;
  readonly names: Names;
  readonly parent?: string;
  readonly active?: boolean;
}

export interface TeamDefinition extends TreeEntryDefinition {
  /** `sub`s of the officers. */
  readonly members?: readonly string[];
}

/** What stands already: the entry's own newest definition, and every entry's parent for walking up the tree. */
export interface TreeContext<Data> {
  readonly current?: Data;
  /** False also for a code that was never defined; true for inactive entries too. */
  has(code: string): boolean;
  parentOf(code: string): string | undefined;
}

export function defineCallTreeNode(
  definition: TreeEntryDefinition,
  envelope: ConfigurationEnvelope,
  tree: TreeContext<ConfigurationEventData['CallTreeNodeDefined']>,
): ConfigurationDecision {
  return define(
    envelope,
    () => entryProblem(definition, tree),
    () => {
      const data = entry(definition);
      return sameDefinition(tree.current, data) ? undefined : { type: 'CallTreeNodeDefined', data };
    },
  );
}

export function defineCategory(
  definition: TreeEntryDefinition,
  envelope: ConfigurationEnvelope,
  tree: TreeContext<ConfigurationEventData['CategoryDefined']>,
): ConfigurationDecision {
  return define(
    envelope,
    () => entryProblem(definition, tree),
    () => {
      const data = entry(definition);
      return sameDefinition(tree.current, data) ? undefined : { type: 'CategoryDefined', data };
    },
  );
}

export function defineTeam(
  definition: TeamDefinition,
  envelope: ConfigurationEnvelope,
  tree: TreeContext<ConfigurationEventData['TeamDefined']>,
): ConfigurationDecision {
  return define(
    envelope,
    () => firstOrAll([entryProblem(definition, tree), membersProblem(definition.members)]),
    () => {
      const members = [...new Set((definition.members ?? []).map((member) => member.trim()))];
      const data = { ...entry(definition), members };
      return sameDefinition(tree.current, data) ? undefined : { type: 'TeamDefined', data };
    },
  );
}

function entry(definition: TreeEntryDefinition): ConfigurationEventData['CallTreeNodeDefined'] {
  return compact({
    code: definition.code,
    names: trimmedNames(definition.names),
    parent: definition.parent,
    active: definition.active ?? true,
  });
}

function entryProblem(
  definition: TreeEntryDefinition,
  tree: Pick<TreeContext<unknown>, 'has' | 'parentOf'>,
): Rejection | undefined {
  if (!isObject(definition)) return invalid('required', '', 'The body has to be a JSON object.');
  return firstOrAll([
    codeProblem(definition.code),
    namesProblem(definition.names),
    parentProblem(definition.code, definition.parent, tree),
  ]);
}

function parentProblem(
  code: string,
  parent: string | undefined,
  tree: Pick<TreeContext<unknown>, 'has' | 'parentOf'>,
): Rejection | undefined {
  if (parent === undefined) return undefined;
  const malformed = codeProblem(parent, '/parent');
  if (malformed) return malformed;
  if (parent === code) return invalid('cycle-in-tree', '/parent', 'Nothing stands below itself.');
  if (!tree.has(parent)) return invalid('unknown-parent', '/parent', `Define "${parent}" first.`);
  const visited = new Set<string>();
  for (let above: string | undefined = parent; above !== undefined; above = tree.parentOf(above)) {
    if (above === code)
      return invalid('cycle-in-tree', '/parent', `"${parent}" stands below "${code}" already.`);
    // A tree that is broken already must not hang us.
    if (visited.has(above)) return undefined;
    visited.add(above);
  }
  return undefined;
}

function membersProblem(members: unknown): Rejection | undefined {
  if (members === undefined) return undefined;
  const wellFormed =
    Array.isArray(members) && members.every((member) => typeof member === 'string' && member.trim() !== '');
  return wellFormed
    ? undefined
    : invalid(
        'malformed-definition',
        '/members',
        'Members are the subs of the officers, none of them empty.',
      );
}
