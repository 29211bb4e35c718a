import { SlaPolicyData } from '#libs/event-contracts/index.js';

export type { EscalationLevel, ResolutionTarget } from '#libs/event-contracts/index.js';

/** The body of `POST /sla-policies`. */
export type SlaPolicyDefinition = Omit<SlaPolicyData, 'version' | 'effectiveFrom'> & {
  readonly effectiveFrom?: string;
};
