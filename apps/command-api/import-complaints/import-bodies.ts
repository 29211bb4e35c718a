import type { Type } from '@nestjs/common';
import type { ImportCommand } from '#libs/importing/index.js';
import { CategoriseComplaintDto } from '../complaints/categorise-complaint/categorise-complaint.dto.js';
import { CloseComplaintDto } from '../complaints/close-complaint/close-complaint.dto.js';
import { ConfirmResolutionDto } from '../complaints/confirm-resolution/confirm-resolution.dto.js';
import type { CommandDto } from '../complaints/entrance/command.dto.js';
import { OpenActivityDto } from '../complaints/open-activity/open-activity.dto.js';
import { PauseClockDto } from '../complaints/pause-clock/pause-clock.dto.js';
import { PrioritiseComplaintDto } from '../complaints/prioritise-complaint/prioritise-complaint.dto.js';
import { ReceiveComplaintDto } from '../complaints/receive-complaint/receive-complaint.dto.js';
import { RecordActionDto } from '../complaints/record-action/record-action.dto.js';
import { RecordFollowUpDto } from '../complaints/record-follow-up/record-follow-up.dto.js';
import { RecordSurveyAttemptDto } from '../complaints/record-survey-attempt/record-survey-attempt.dto.js';
import { RecordSurveyDto } from '../complaints/record-survey/record-survey.dto.js';
import { RejectResolutionDto } from '../complaints/reject-resolution/reject-resolution.dto.js';
import { ReopenComplaintDto } from '../complaints/reopen-complaint/reopen-complaint.dto.js';
import { ResolveComplaintDto } from '../complaints/resolve-complaint/resolve-complaint.dto.js';
import { ResumeClockDto } from '../complaints/resume-clock/resume-clock.dto.js';
import { RouteComplaintDto } from '../complaints/route-complaint/route-complaint.dto.js';
import { WithdrawComplaintDto } from '../complaints/withdraw-complaint/withdraw-complaint.dto.js';

/** The shape of each command's body: the same as over its own path. */
export const IMPORT_BODIES: Readonly<Record<ImportCommand, Type<CommandDto>>> = {
  receive: ReceiveComplaintDto,
  categorise: CategoriseComplaintDto,
  prioritise: PrioritiseComplaintDto,
  route: RouteComplaintDto,
  open: OpenActivityDto,
  actions: RecordActionDto,
  'follow-ups': RecordFollowUpDto,
  pause: PauseClockDto,
  resume: ResumeClockDto,
  resolve: ResolveComplaintDto,
  confirm: ConfirmResolutionDto,
  reject: RejectResolutionDto,
  close: CloseComplaintDto,
  withdraw: WithdrawComplaintDto,
  reopen: ReopenComplaintDto,
  'survey-attempts': RecordSurveyAttemptDto,
  survey: RecordSurveyDto,
};
