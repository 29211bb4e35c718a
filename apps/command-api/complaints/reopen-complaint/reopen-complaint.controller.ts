import { Body, Controller } from '@nestjs/common';
import type { CommandAnswer } from '#libs/command-handling/index.js';
import { CommandHeaders, type CommandHeaderValues } from '../entrance/command-headers.js';
import { ComplaintEntrance } from '../entrance/complaint-entrance.js';
import { PostComplaintCommand } from '../entrance/post-complaint-command.decorator.js';
import { UuidParam } from '#libs/http/index.js';
import { ReopenComplaintDto } from './reopen-complaint.dto.js';

@Controller('complaints')
export class ReopenComplaintController {
  constructor(private readonly entrance: ComplaintEntrance) {}

  @PostComplaintCommand('reopen', 'reopen', 'Begin a new cycle with clocks of its own')
  reopen(
    @UuidParam() id: string,
    @Body() body: ReopenComplaintDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<CommandAnswer> {
    return this.entrance.give('reopen', id, body, headers);
  }
}
