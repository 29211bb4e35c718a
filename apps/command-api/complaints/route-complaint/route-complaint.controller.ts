import { Body, Controller } from '@nestjs/common';
import type { CommandAnswer } from '#libs/command-handling/index.js';
import { CommandHeaders, type CommandHeaderValues } from '../entrance/command-headers.js';
import { ComplaintEntrance } from '../entrance/complaint-entrance.js';
import { PostComplaintCommand } from '../entrance/post-complaint-command.decorator.js';
import { UuidParam } from '#libs/http/index.js';
import { RouteComplaintDto } from './route-complaint.dto.js';

@Controller('complaints')
export class RouteComplaintController {
  constructor(private readonly entrance: ComplaintEntrance) {}

  @PostComplaintCommand('route', 'route', 'Route to a team, or send on to another')
  route(
    @UuidParam() id: string,
    @Body() body: RouteComplaintDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<CommandAnswer> {
    return this.entrance.give('route', id, body, headers);
  }
}
