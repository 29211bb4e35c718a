export { complaintRegister } from './complaint-register/complaint-register.projection.js';
export { slaFacts } from './sla-facts/sla-facts.projection.js';
export { satisfactionFacts } from './satisfaction-facts/satisfaction-facts.projection.js';
export { PROJECTIONS } from './projections.js';
