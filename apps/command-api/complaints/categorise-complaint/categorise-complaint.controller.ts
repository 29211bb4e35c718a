import { Body, Controller } from '@nestjs/common';
import type { CommandAnswer } from '#libs/command-handling/index.js';
import { CommandHeaders, type CommandHeaderValues } from '../entrance/command-headers.js';
import { ComplaintEntrance } from '../entrance/complaint-entrance.js';
import { PostComplaintCommand } from '../entrance/post-complaint-command.decorator.js';
import { UuidParam } from '#libs/http/index.js';
import { CategoriseComplaintDto } from './categorise-complaint.dto.js';

@Controller('complaints')
export class CategoriseComplaintController {
  constructor(private readonly entrance: ComplaintEntrance) {}

  @PostComplaintCommand('categorise', 'categorise', 'Give it a call-tree node or a root cause')
  categorise(
    @UuidParam() id: string,
    @Body() body: CategoriseComplaintDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<CommandAnswer> {
    return this.entrance.give('categorise', id, body, headers);
  }
}
