import { Body, Controller } from '@nestjs/common';
import type { CommandAnswer } from '#libs/command-handling/index.js';
import { CommandHeaders, type CommandHeaderValues } from '../entrance/command-headers.js';
import { ComplaintEntrance } from '../entrance/complaint-entrance.js';
import { PostComplaintCommand } from '../entrance/post-complaint-command.decorator.js';
import { UuidParam } from '#libs/http/index.js';
import { ResumeClockDto } from './resume-clock.dto.js';

@Controller('complaints')
export class ResumeClockController {
  constructor(private readonly entrance: ComplaintEntrance) {}

  @PostComplaintCommand('resume', 'resume', 'Let the clock run again')
  resume(
    @UuidParam() id: string,
    @Body() body: ResumeClockDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<CommandAnswer> {
    return this.entrance.give('resume', id, body, headers);
  }
}
