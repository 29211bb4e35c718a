import { Body, Controller } from '@nestjs/common';
import type { CommandAnswer } from '#libs/command-handling/index.js';
import { CommandHeaders, type CommandHeaderValues } from '../entrance/command-headers.js';
import { ComplaintEntrance } from '../entrance/complaint-entrance.js';
import { PostComplaintCommand } from '../entrance/post-complaint-command.decorator.js';
import { UuidParam } from '#libs/http/index.js';
import { OpenActivityDto } from './open-activity.dto.js';

@Controller('complaints')
export class OpenActivityController {
  constructor(private readonly entrance: ComplaintEntrance) {}

  @PostComplaintCommand('open', 'open', 'The team takes it up')
  open(
    @UuidParam() id: string,
    @Body() body: OpenActivityDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<CommandAnswer> {
    return this.entrance.give('open', id, body, headers);
  }
}
