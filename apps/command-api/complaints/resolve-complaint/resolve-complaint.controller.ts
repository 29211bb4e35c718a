import { Body, Controller } from '@nestjs/common';
import type { CommandAnswer } from '#libs/command-handling/index.js';
import { CommandHeaders, type CommandHeaderValues } from '../entrance/command-headers.js';
import { ComplaintEntrance } from '../entrance/complaint-entrance.js';
import { PostComplaintCommand } from '../entrance/post-complaint-command.decorator.js';
import { UuidParam } from '#libs/http/index.js';
import { ResolveComplaintDto } from './resolve-complaint.dto.js';

@Controller('complaints')
export class ResolveComplaintController {
  constructor(private readonly entrance: ComplaintEntrance) {}

  @PostComplaintCommand('resolve', 'resolve', 'Enter the result; an agent only on the spot')
  resolve(
    @UuidParam() id: string,
    @Body() body: ResolveComplaintDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<CommandAnswer> {
    return this.entrance.give('resolve', id, body, headers);
  }
}
