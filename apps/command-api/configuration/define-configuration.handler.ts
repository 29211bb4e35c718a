import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  type ConfigurationAnswer,
  type ConfigurationHandling,
  handleConfigurationCommand,
} from '#libs/configuration/index.js';
import { CONFIGURATION_HANDLING } from '../command-api.tokens.js';
import { asProblem } from '../complaints/entrance/refusals.js';
import { DefineConfigurationCommand } from './define-configuration.message.js';

@CommandHandler(DefineConfigurationCommand)
export class DefineConfigurationHandler implements ICommandHandler<
  DefineConfigurationCommand,
  ConfigurationAnswer
> {
  constructor(@Inject(CONFIGURATION_HANDLING) private readonly handling: ConfigurationHandling) {}

  async execute({ request }: DefineConfigurationCommand): Promise<ConfigurationAnswer> {
    try {
      return await handleConfigurationCommand(this.handling, request);
    } catch (error) {
      throw asProblem(error);
    }
  }
}
