import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  type CommandOutcome,
  type CommandHandling,
  handleComplaintCommand,
} from '#libs/command-handling/index.js';
import { escalateBefore, type Escalating } from '#libs/escalation/index.js';
import { COMMAND_HANDLING, ESCALATING } from '../../command-api.tokens.js';
import { GiveComplaintCommand } from './give-command.message.js';
import { asProblem } from './refusals.js';

@CommandHandler(GiveComplaintCommand)
export class GiveComplaintCommandHandler implements ICommandHandler<GiveComplaintCommand, CommandOutcome> {
  constructor(
    @Inject(COMMAND_HANDLING) private readonly handling: CommandHandling,
    @Inject(ESCALATING) private readonly escalating: Escalating,
  ) {}

  async execute({ request }: GiveComplaintCommand): Promise<CommandOutcome> {
    try {
      await escalateBefore(this.escalating, request);
      return await handleComplaintCommand(this.handling, request);
    } catch (error) {
      throw asProblem(error);
    }
  }
}
