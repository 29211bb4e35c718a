import { Body, Controller } from '@nestjs/common';
import type { CommandAnswer } from '#libs/command-handling/index.js';
import { CommandHeaders, type CommandHeaderValues } from '../entrance/command-headers.js';
import { ComplaintEntrance } from '../entrance/complaint-entrance.js';
import { PostComplaintCommand } from '../entrance/post-complaint-command.decorator.js';
import { UuidParam } from '#libs/http/index.js';
import { ConfirmResolutionDto } from './confirm-resolution.dto.js';

@Controller('complaints')
export class ConfirmResolutionController {
  constructor(private readonly entrance: ComplaintEntrance) {}

  @PostComplaintCommand('confirm', 'confirm', 'Closing approval; not by who resolved it')
  confirm(
    @UuidParam() id: string,
    @Body() body: ConfirmResolutionDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<CommandAnswer> {
    return this.entrance.give('confirm', id, body, headers);
  }
}
