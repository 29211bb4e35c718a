export type { SatisfactionFacts, SurveyCall, SurveyRecord } from './satisfaction-facts.document.js';
export { foldSatisfactionFacts } from './satisfaction-facts.fold.js';
export { SatisfactionFactsModule } from './satisfaction-facts.module.js';
export { satisfactionFacts } from './satisfaction-facts.projection.js';
export {
  SatisfactionFactsQueries,
  surveysOfPeriod,
  type SurveyPeriod,
} from './satisfaction-facts.queries.js';
