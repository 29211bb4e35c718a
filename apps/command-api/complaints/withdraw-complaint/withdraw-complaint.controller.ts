import { Body, Controller } from '@nestjs/common';
import type { CommandAnswer } from '#libs/command-handling/index.js';
import { CommandHeaders, type CommandHeaderValues } from '../entrance/command-headers.js';
import { ComplaintEntrance } from '../entrance/complaint-entrance.js';
import { PostComplaintCommand } from '../entrance/post-complaint-command.decorator.js';
import { UuidParam } from '#libs/http/index.js';
import { WithdrawComplaintDto } from './withdraw-complaint.dto.js';

@Controller('complaints')
export class WithdrawComplaintController {
  constructor(private readonly entrance: ComplaintEntrance) {}

  @PostComplaintCommand('withdraw', 'withdraw', 'The customer takes it back')
  withdraw(
    @UuidParam() id: string,
    @Body() body: WithdrawComplaintDto,
    @CommandHeaders() headers: CommandHeaderValues,
  ): Promise<CommandAnswer> {
    return this.entrance.give('withdraw', id, body, headers);
  }
}
