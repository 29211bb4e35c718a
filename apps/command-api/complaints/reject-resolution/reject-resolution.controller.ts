import { Body, Controller } from '@nestjs/common';
import type { CommandAnswer } from '#libs/command-handling/index.js';
import { CommandHeaders, type CommandHeaderValues } from '../entrance/command-headers.js';
import { ComplaintEntrance } from '../entrance/complaint-entrance.js';
import { PostComplaintCommand } from '../entrance/post-complaint-command.decorator.js';
import { UuidParam } from '#libs/http/index.js';
import { RejectResolutionDto } from './reject-resolution.dto.js';

@Controller('complaints')
export class RejectResolutionController {
  constructor(private readonly entrance: ComplaintEntrance) {}

  @PostComplaintCommand('reject', 'reject', 'Not fixed: back to the team')
  reject(
    @UuidParam() id: string,
    @Body() body: RejectResolutionDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<CommandAnswer> {
    return this.entrance.give('reject', id, body, headers);
  }
}
