import type { DecisionContext } from '../complaint/complaint-command.js';
import type { Rejection } from '../decision/rejection.js';
import { knownCode } from '../decision/input.js';

export function unknownCallTreeNode(code: unknown, context: DecisionContext): Rejection | undefined {
  return knownCode(code, (known) => context.hasCallTreeNode(known), {
    code: 'unknown-call-tree-node',
    pointer: '/callTree',
    noun: 'call-tree node',
    list: '/call-tree',
  });
}

export function unknownCategory(code: unknown, context: DecisionContext): Rejection | undefined {
  return knownCode(code, (known) => context.hasCategory(known), {
    code: 'unknown-category',
    pointer: '/category',
    noun: 'complaint category',
    list: '/categories',
  });
}

export function unknownTeam(code: unknown, context: DecisionContext): Rejection | undefined {
  return knownCode(code, (known) => context.hasTeam(known), {
    code: 'unknown-team',
    pointer: '/team',
    noun: 'team',
    list: '/teams',
  });
}
