import { bucketAutoStage, bucketStage, sortByCountStage } from './bucket.js';
import { facetStage } from './facet.js';
import { lookupStage, unionWithStage } from './lookup.js';
import type { StageParser } from './pipeline.js';
import { sampleStage } from './sample.js';
import { collStatsStage, indexStatsStage } from './statistics.js';
import { unwindStage } from './unwind.js';
import { windowStage } from './window-fields.js';

/** Stages beyond the basic ones; `$merge` and `$out` are the aggregate command's own. */
export const furtherStages: Readonly<Record<string, StageParser>> = {
  $unwind: unwindStage,
  $lookup: lookupStage,
  $unionWith: unionWithStage,
  $facet: facetStage,
  $bucket: bucketStage,
  $bucketAuto: bucketAutoStage,
  $sortByCount: sortByCountStage,
  $sample: sampleStage,
  $setWindowFields: windowStage,
  $collStats: collStatsStage,
  $indexStats: indexStatsStage,
};
