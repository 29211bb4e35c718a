import { Command } from '@nestjs/cqrs';
import type { ConfigurationAnswer, ConfigurationRequest } from '#libs/configuration/index.js';

export class DefineConfigurationCommand extends Command<ConfigurationAnswer> {
  constructor(readonly request: ConfigurationRequest) {
    super();
  }
}
