import {
  CONFIGURATION_PREFIXES,
  EMPTY_CONFIGURATION,
  evolveConfiguration,
  type ConfigurationModel,
} from '#libs/configuration-model/index.js';
import type { Projection } from '#libs/projection-engine/projection.js';
import { slaFactsIndexes, type SlaFacts } from './sla-facts.document.js';
import { foldSlaFacts, refoldSlaFacts } from './sla-facts.fold.js';

export const slaFacts: Projection<SlaFacts, ConfigurationModel> = {
  name: 'sla-facts',
  version: 5,
  keepsDocuments: true,
  indexes: slaFactsIndexes,
  fold: foldSlaFacts,
  context: {
    prefixes: CONFIGURATION_PREFIXES,
    initial: EMPTY_CONFIGURATION,
    evolve: evolveConfiguration,
    refold: { filter: { unfinished: true }, apply: refoldSlaFacts },
  },
};
