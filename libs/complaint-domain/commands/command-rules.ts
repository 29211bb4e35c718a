import type { CommandRule } from '../complaint/command-rule.js';
import type { ComplaintCommandType } from '../complaint/complaint-command.js';
import { categoriseComplaint } from './categorise-complaint.js';
import { closeComplaint, withdrawComplaint } from './end-complaint.js';
import { confirmResolution, rejectResolution } from './judge-resolution.js';
import { escalateComplaint } from './escalate-complaint.js';
import { openActivity } from './open-activity.js';
import { pauseClock } from './pause-clock.js';
import { prioritiseComplaint } from './prioritise-complaint.js';
import { recordAction } from './record-action.js';
import { recordFollowUp } from './record-follow-up.js';
import { recordSurvey, recordSurveyAttempt } from './survey-satisfaction.js';
import { reopenComplaint } from './reopen-complaint.js';
import { resolveComplaint } from './resolve-complaint.js';
import { resumeClock } from './resume-clock.js';
import { routeComplaint } from './route-complaint.js';

/** Commands on a complaint that exists. */
export type FollowingCommandType = Exclude<ComplaintCommandType, 'receive'>;

export const COMMAND_RULES: { readonly [Type in FollowingCommandType]: CommandRule<Type> } = {
  categorise: categoriseComplaint,
  prioritise: prioritiseComplaint,
  route: routeComplaint,
  open: openActivity,
  recordAction,
  recordFollowUp,
  pause: pauseClock,
  resume: resumeClock,
  resolve: resolveComplaint,
  confirm: confirmResolution,
  reject: rejectResolution,
  close: closeComplaint,
  withdraw: withdrawComplaint,
  reopen: reopenComplaint,
  recordSurveyAttempt,
  recordSurvey,
  escalate: escalateComplaint,
};
