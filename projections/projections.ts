import type { AnyProjection } from '#libs/projection-engine/projection.js';
import { complaintRegister } from './complaint-register/complaint-register.projection.js';
import { satisfactionFacts } from './satisfaction-facts/satisfaction-facts.projection.js';
import { slaFacts } from './sla-facts/sla-facts.projection.js';

/** Every read model of the product; the projector runs them all. */
export const PROJECTIONS: readonly AnyProjection[] = [complaintRegister, slaFacts, satisfactionFacts];
