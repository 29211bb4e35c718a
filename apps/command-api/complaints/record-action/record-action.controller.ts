import { Body, Controller } from '@nestjs/common';
import type { CommandAnswer } from '#libs/command-handling/index.js';
import { CommandHeaders, type CommandHeaderValues } from '../entrance/command-headers.js';
import { ComplaintEntrance } from '../entrance/complaint-entrance.js';
import { PostComplaintCommand } from '../entrance/post-complaint-command.decorator.js';
import { UuidParam } from '#libs/http/index.js';
import { RecordActionDto } from './record-action.dto.js';

@Controller('complaints')
export class RecordActionController {
  constructor(private readonly entrance: ComplaintEntrance) {}

  @PostComplaintCommand('recordAction', 'actions', 'Record what the team did')
  recordAction(
    @UuidParam() id: string,
    @Body() body: RecordActionDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<CommandAnswer> {
    return this.entrance.give('recordAction', id, body, headers);
  }
}
