import type { Projection } from '#libs/projection-engine/projection.js';
import { satisfactionFactsIndexes, type SatisfactionFacts } from './satisfaction-facts.document.js';
import { foldSatisfactionFacts } from './satisfaction-facts.fold.js';

export const satisfactionFacts: Projection<SatisfactionFacts> = {
  name: 'satisfaction-facts',
  version: 3,
  keepsDocuments: true,
  indexes: satisfactionFactsIndexes,
  fold: foldSatisfactionFacts,
};
