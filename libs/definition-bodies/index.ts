/** Bodies of definitions that are published by commands and tried out by queries. */
export { SlaPolicyDto } from './sla-policy.dto.js';
