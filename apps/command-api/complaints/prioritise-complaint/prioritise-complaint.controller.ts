import { Body, Controller } from '@nestjs/common';
import type { CommandAnswer } from '#libs/command-handling/index.js';
import { CommandHeaders, type CommandHeaderValues } from '../entrance/command-headers.js';
import { ComplaintEntrance } from '../entrance/complaint-entrance.js';
import { PostComplaintCommand } from '../entrance/post-complaint-command.decorator.js';
import { UuidParam } from '#libs/http/index.js';
import { PrioritiseComplaintDto } from './prioritise-complaint.dto.js';

@Controller('complaints')
export class PrioritiseComplaintController {
  constructor(private readonly entrance: ComplaintEntrance) {}

  @PostComplaintCommand('prioritise', 'prioritise', 'Change the priority; the target changes with it')
  prioritise(
    @UuidParam() id: string,
    @Body() body: PrioritiseComplaintDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<CommandAnswer> {
    return this.entrance.give('prioritise', id, body, headers);
  }
}
