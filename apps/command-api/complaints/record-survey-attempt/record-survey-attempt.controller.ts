import { Body, Controller } from '@nestjs/common';
import type { CommandAnswer } from '#libs/command-handling/index.js';
import { CommandHeaders, type CommandHeaderValues } from '../entrance/command-headers.js';
import { ComplaintEntrance } from '../entrance/complaint-entrance.js';
import { PostComplaintCommand } from '../entrance/post-complaint-command.decorator.js';
import { UuidParam } from '#libs/http/index.js';
import { RecordSurveyAttemptDto } from './record-survey-attempt.dto.js';

@Controller('complaints')
export class RecordSurveyAttemptController {
  constructor(private readonly entrance: ComplaintEntrance) {}

  @PostComplaintCommand('recordSurveyAttempt', 'survey-attempts', 'A survey call without answers')
  recordSurveyAttempt(
    @UuidParam() id: string,
    @Body() body: RecordSurveyAttemptDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<CommandAnswer> {
    return this.entrance.give('recordSurveyAttempt', id, body, headers);
  }
}
