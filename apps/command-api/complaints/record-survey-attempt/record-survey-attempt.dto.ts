import { SURVEY_ATTEMPT_OUTCOMES, type SurveyAttemptOutcome } from '#libs/event-contracts/index.js';
import { IsIsoInstant, IsOneOf } from '#libs/http/index.js';
import { CommandDto } from '../entrance/command.dto.js';

export class RecordSurveyAttemptDto extends CommandDto {
  @IsOneOf(SURVEY_ATTEMPT_OUTCOMES, { example: 'no-answer' })
  outcome!: SurveyAttemptOutcome;

  @IsIsoInstant({ optional: true, description: 'Only with the outcome call-back.' })
  callBackAt?: string;
}
