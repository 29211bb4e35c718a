export { DEFAULT_CALL_TREE } from './call-tree.defaults.js';
export { DEFAULT_CATEGORIES } from './categories.defaults.js';
export { DEFAULT_TEAMS } from './teams.defaults.js';
export { DEFAULT_CALENDARS } from './calendars.defaults.js';
export { DEFAULT_POLICY } from './sla-policy.defaults.js';
