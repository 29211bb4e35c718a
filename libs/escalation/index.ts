/** The system's own act: appending `ComplaintEscalated` when a level's moment has passed, by one instance at a time. */
export { escalationsDue, type CurrentCycle, type EscalationData } from './due/escalations-due.js';
export { currentCycle } from './due/current-cycle.js';
export { escalateBefore } from './due/escalate-before.js';
export { escalateTold } from './due/escalate-told.js';
export { escalationCommandId } from './due/escalation-command-id.js';
export { importedUntil, IMPORT_QUIET_MS } from './due/import-quiet.js';
export { escalateComplaint, type Escalating, type EscalationOutcome } from './due/escalate-complaint.js';
export type { DueTimer, DueTimers, TimerPlace } from './due/due-timers.port.js';
export { MOST_READ_AHEAD, ReadAhead } from './due/read-ahead.js';
export { DEFAULT_SWEEP, Sweeper, type SweepLimits, type SweepReport } from './due/sweeper.js';
export type { Holder, LeaseRecord, LeaseStore } from './lease/lease-store.port.js';
export { DEFAULT_LEASE, Leadership, type Duty, type LeaseTiming } from './lease/leadership.js';
export { pause } from './pause.js';
