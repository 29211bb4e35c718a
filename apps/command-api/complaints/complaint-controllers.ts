import { CategoriseComplaintController } from './categorise-complaint/categorise-complaint.controller.js';
import { CloseComplaintController } from './close-complaint/close-complaint.controller.js';
import { ConfirmResolutionController } from './confirm-resolution/confirm-resolution.controller.js';
import { OpenActivityController } from './open-activity/open-activity.controller.js';
import { PauseClockController } from './pause-clock/pause-clock.controller.js';
import { PrioritiseComplaintController } from './prioritise-complaint/prioritise-complaint.controller.js';
import { ReceiveComplaintController } from './receive-complaint/receive-complaint.controller.js';
import { RecordActionController } from './record-action/record-action.controller.js';
import { RecordFollowUpController } from './record-follow-up/record-follow-up.controller.js';
import { RecordSurveyController } from './record-survey/record-survey.controller.js';
import { RecordSurveyAttemptController } from './record-survey-attempt/record-survey-attempt.controller.js';
import { RejectResolutionController } from './reject-resolution/reject-resolution.controller.js';
import { ReopenComplaintController } from './reopen-complaint/reopen-complaint.controller.js';
import { ResolveComplaintController } from './resolve-complaint/resolve-complaint.controller.js';
import { ResumeClockController } from './resume-clock/resume-clock.controller.js';
import { RouteComplaintController } from './route-complaint/route-complaint.controller.js';
import { WithdrawComplaintController } from './withdraw-complaint/withdraw-complaint.controller.js';

/** One controller per use case. */
export const COMPLAINT_CONTROLLERS = [
  CategoriseComplaintController,
  CloseComplaintController,
  ConfirmResolutionController,
  OpenActivityController,
  PauseClockController,
  PrioritiseComplaintController,
  ReceiveComplaintController,
  RecordActionController,
  RecordFollowUpController,
  RecordSurveyController,
  RecordSurveyAttemptController,
  RejectResolutionController,
  ReopenComplaintController,
  ResolveComplaintController,
  ResumeClockController,
  RouteComplaintController,
  WithdrawComplaintController,
];
