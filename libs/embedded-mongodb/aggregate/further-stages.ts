import type { StageParser } from './pipeline.js';

/** Stages beyond the basic ones. */
export const furtherStages: Readonly<Record<string, StageParser>> = {};
