import { Body, Controller } from '@nestjs/common';
import type { CommandAnswer } from '#libs/command-handling/index.js';
import { CommandHeaders, type CommandHeaderValues } from '../entrance/command-headers.js';
import { ComplaintEntrance } from '../entrance/complaint-entrance.js';
import { PostComplaintCommand } from '../entrance/post-complaint-command.decorator.js';
import { UuidParam } from '#libs/http/index.js';
import { RecordFollowUpDto } from './record-follow-up.dto.js';

@Controller('complaints')
export class RecordFollowUpController {
  constructor(private readonly entrance: ComplaintEntrance) {}

  @PostComplaintCommand('recordFollowUp', 'follow-ups', 'Note a further contact')
  recordFollowUp(
    @UuidParam() id: string,
    @Body() body: RecordFollowUpDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<CommandAnswer> {
    return this.entrance.give('recordFollowUp', id, body, headers);
  }
}
