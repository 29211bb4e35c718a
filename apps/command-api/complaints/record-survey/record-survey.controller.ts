import { Body, Controller } from '@nestjs/common';
import type { CommandAnswer } from '#libs/command-handling/index.js';
import { CommandHeaders, type CommandHeaderValues } from '../entrance/command-headers.js';
import { ComplaintEntrance } from '../entrance/complaint-entrance.js';
import { PostComplaintCommand } from '../entrance/post-complaint-command.decorator.js';
import { UuidParam } from '#libs/http/index.js';
import { RecordSurveyDto } from './record-survey.dto.js';

@Controller('complaints')
export class RecordSurveyController {
  constructor(private readonly entrance: ComplaintEntrance) {}

  @PostComplaintCommand('recordSurvey', 'survey', 'Answers of the satisfaction call; not by who resolved it')
  recordSurvey(
    @UuidParam() id: string,
    @Body() body: RecordSurveyDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<CommandAnswer> {
    return this.entrance.give('recordSurvey', id, body, headers);
  }
}
