export {
  NO_DUE,
  STEPS,
  WORKLISTS,
  type CycleRecord,
  type EscalationRecord,
  type JudgedClock,
  type SlaFacts,
  type Stay,
  type Worklist,
} from './sla-facts.document.js';
export { foldSlaFacts, refoldSlaFacts } from './sla-facts.fold.js';
export { SlaFactsModule } from './sla-facts.module.js';
export { slaFacts } from './sla-facts.projection.js';
export { PAST_WITHOUT_WORK } from './sla-facts.extracts.js';
export { factsOfPeriod, SlaFactsQueries, type DueRange, type FactsOfPeriod } from './sla-facts.queries.js';
