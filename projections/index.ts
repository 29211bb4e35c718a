export { complaintRegister } from './complaint-register/complaint-register.projection.js';
export { PROJECTIONS } from './projections.js';
export { READ_STORE } from './read-store.token.js';
export { satisfactionFacts } from './satisfaction-facts/satisfaction-facts.projection.js';
export { slaFacts } from './sla-facts/sla-facts.projection.js';
