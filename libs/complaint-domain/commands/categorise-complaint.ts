import type { CommandRule } from '../complaint/command-rule.js';
import { compact, textOf } from '../decision/input.js';
import { firstOrAll, invalid } from '../decision/rejection.js';
import { unknownCallTreeNode, unknownCategory } from './configured-codes.js';

export const categoriseComplaint: CommandRule<'categorise'> = {
  verb: 'categorised',
  ofTheTeam: true,
  decide({ data }, complaint, context) {
    const unknown = firstOrAll([
      unknownCallTreeNode(data.callTree, context),
      unknownCategory(data.category, context),
    ]);
    if (unknown) return unknown;
    const callTree = data.callTree === complaint.callTree ? undefined : data.callTree;
    const category = data.category === complaint.category ? undefined : data.category;
    if (callTree === undefined && category === undefined) {
      return invalid('nothing-changes', '', 'Give another call-tree node, another category, or both.');
    }
    return {
      type: 'ComplaintCategorised',
      data: compact({
        callTree,
        category,
        previousCallTree: callTree === undefined ? undefined : complaint.callTree,
        previousCategory: category === undefined ? undefined : complaint.category,
        reason: textOf(data.reason),
      }),
    };
  },
};
