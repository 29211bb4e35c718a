import type { SlaPolicyData } from '#libs/event-contracts/index.js';
import { type ConfigurationDecision, type ConfigurationEnvelope, define } from './configuration-command.js';
import { type InputProblem, firstOrAll, invalid } from '../decision/rejection.js';
import { formatInstant, parseInstant } from '../decision/instant.js';
import { compact } from '../decision/input.js';
import { malformed } from './malformed.js';
import { sameDefinition } from './definition-rules.js';

/** Body of `POST /sla-policies`; without `effectiveFrom` the policy holds from its publication on. */
export type PolicyDefinition = Omit<SlaPolicyData, 'version' | 'effectiveFrom'> & {
  readonly effectiveFrom?: string;
};

/**
 * The next version, unless it says what the newest one says: then there is no event, and the newest stands. Without a
 * moment of its own, the same content under another moment is the same policy.
 */
export function publishPolicy(
  definition: PolicyDefinition,
  envelope: ConfigurationEnvelope,
  context: { readonly newest?: SlaPolicyData; readonly problems?: readonly InputProblem[] },
): ConfigurationDecision {
  const { newest } = context;
  const effectiveFrom = parseInstant(definition.effectiveFrom ?? envelope.now);
  return define(
    envelope,
    () =>
      firstOrAll([
        effectiveFrom === undefined
          ? invalid(
              'invalid-instant',
              '/effectiveFrom',
              'Give an ISO 8601 instant with offset, from 1970 on.',
            )
          : undefined,
        malformed(context.problems),
      ]),
    () => {
      const version = (newest?.version ?? 0) + 1;
      const data = compact({ ...definition, version, effectiveFrom: formatInstant(effectiveFrom ?? 0) });
      const standing = newest && {
        ...newest,
        version,
        ...(definition.effectiveFrom === undefined ? pick(data) : {}),
      };
      return sameDefinition(standing, data) ? undefined : { type: 'SlaPolicyPublished', data };
    },
  );
}

function pick(data: SlaPolicyData): Pick<SlaPolicyData, 'effectiveFrom'> {
  return { effectiveFrom: data.effectiveFrom };
}
