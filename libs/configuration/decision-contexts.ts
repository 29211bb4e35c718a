import { compiledPolicy, policyInForceAt } from '#libs/configuration-model/index.js';
import type { DecisionContexts } from '#libs/command-handling/index.js';
import { instantOf } from '#libs/service-time/index.js';
import type { ConfigurationView } from './configuration-view.js';

/** Before any policy was published nothing may be asked of anybody: no window, one survey call. */
const NO_POLICY = { reopenWindowMs: 0, surveyAttempts: 1 };

/** The configuration in force now, with the policy version that rules a cycle begun at the given moment. */
export function decisionContextsOf(view: ConfigurationView): DecisionContexts {
  return {
    contextFor: (cycleStartedAt) => {
      const { current } = view;
      const begun = cycleStartedAt === undefined ? undefined : Date.parse(cycleStartedAt);
      const policy = policyInForceAt(
        current,
        instantOf(new Date(begun === undefined || Number.isNaN(begun) ? Date.now() : begun).toISOString()),
      );
      const compiled = policy && compiledPolicy(policy.data);
      return {
        hasTeam: (code) => current.teams.newest.get(code)?.active === true,
        hasCallTreeNode: (code) => current.callTree.newest.get(code)?.active === true,
        hasCategory: (code) => current.categories.newest.get(code)?.active === true,
        policy: compiled
          ? { reopenWindowMs: compiled.reopenWindow, surveyAttempts: compiled.surveyAttempts }
          : NO_POLICY,
      };
    },
  };
}
