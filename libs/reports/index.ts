/** Figures over complaints, counted as they stream by. Pure: the same facts give the same figures, live or past. */
export type {
  ClockFact,
  ComplaintFact,
  CycleFact,
  EscalatedComplaintFact,
  EscalationFact,
  JudgeableCycle,
  StayFact,
  SurveyedComplaintFact,
  SurveyFact,
} from './facts.js';
export { aggregate, type Aggregator, type Period, type ReportFrame } from './report-frame.js';
export {
  DIMENSIONS,
  isDimension,
  MOST_DIMENSIONS,
  type CodedDimension,
  type Dimension,
} from './grouping/dimensions.js';
export {
  MOST_GROUPS,
  TooManyGroupsError,
  type Grouped,
  type GroupedFigures,
  type GroupNames,
} from './grouping/groups.js';
export type { ComplianceFigures } from './figures/compliance.js';
export type { ScoreFigures } from './figures/scores.js';
export { registrationCompliance } from './cohorts/registration-compliance.js';
export {
  MOST_DIFFERING,
  resolutionCompliance,
  type Differing,
  type ResolutionFigures,
} from './cohorts/resolution-compliance.js';
export { registrationCases, resolutionCases, type CasesOf } from './cohorts/cases.js';
export { whatIf, type SideBySide, type WhatIf } from './what-if/what-if.js';
export { FlipPage, type FlipList, type FlipPlace } from './what-if/flip-page.js';
export type { Flip, Verdict } from './what-if/flip.js';
export { asJudgedThen, judgeAgainBy, type JudgeCycle, type JudgedCycle } from './cohorts/judge-again.js';
export { satisfaction, type SatisfactionFigures } from './cohorts/satisfaction.js';
export { escalations, type EscalationFigures } from './cohorts/escalations.js';
export { workload, type WorkloadFigures } from './cohorts/workload.js';
export { rootCauses, type Pareto } from './cohorts/root-causes.js';
export { reportTable, type Cell, type ReportTable } from './table/report-table.js';
