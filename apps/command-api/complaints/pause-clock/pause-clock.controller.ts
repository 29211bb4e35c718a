import { Body, Controller } from '@nestjs/common';
import type { CommandAnswer } from '#libs/command-handling/index.js';
import { CommandHeaders, type CommandHeaderValues } from '../entrance/command-headers.js';
import { ComplaintEntrance } from '../entrance/complaint-entrance.js';
import { PostComplaintCommand } from '../entrance/post-complaint-command.decorator.js';
import { UuidParam } from '#libs/http/index.js';
import { PauseClockDto } from './pause-clock.dto.js';

@Controller('complaints')
export class PauseClockController {
  constructor(private readonly entrance: ComplaintEntrance) {}

  @PostComplaintCommand('pause', 'pause', 'Stop the clock while waiting for the customer')
  pause(
    @UuidParam() id: string,
    @Body() body: PauseClockDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<CommandAnswer> {
    return this.entrance.give('pause', id, body, headers);
  }
}
