import { Body, Controller } from '@nestjs/common';
import type { CommandAnswer } from '#libs/command-handling/index.js';
import { CommandHeaders, type CommandHeaderValues } from '../entrance/command-headers.js';
import { ComplaintEntrance } from '../entrance/complaint-entrance.js';
import { PostComplaintCommand } from '../entrance/post-complaint-command.decorator.js';
import { UuidParam } from '#libs/http/index.js';
import { CloseComplaintDto } from './close-complaint.dto.js';

@Controller('complaints')
export class CloseComplaintController {
  constructor(private readonly entrance: ComplaintEntrance) {}

  @PostComplaintCommand('close', 'close', 'Close after confirmation')
  close(
    @UuidParam() id: string,
    @Body() body: CloseComplaintDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<CommandAnswer> {
    return this.entrance.give('close', id, body, headers);
  }
}
