import { type DynamicModule, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import type { CommandHandling, ExternalIds } from '#libs/command-handling/index.js';
import type { ConfigurationHandling } from '#libs/configuration/index.js';
import type { Escalating } from '#libs/escalation/index.js';
import { COMMAND_HANDLING, CONFIGURATION_HANDLING, ESCALATING, EXTERNAL_IDS } from './command-api.tokens.js';
import { COMPLAINT_CONTROLLERS } from './complaints/complaint-controllers.js';
import { ComplaintEntrance } from './complaints/entrance/complaint-entrance.js';
import { GiveComplaintCommandHandler } from './complaints/entrance/give-command.handler.js';
import { ConfigurationEntrance } from './configuration/configuration-entrance.js';
import { ConfigurationController } from './configuration/configuration.controller.js';
import { DefineConfigurationHandler } from './configuration/define-configuration.handler.js';
import { ImportComplaintsController } from './import-complaints/import-complaints.controller.js';
import { ImportLineHandler } from './import-complaints/import-line.handler.js';

export interface CommandApiParts {
  readonly commands: CommandHandling;
  readonly escalating: Escalating;
  readonly configuration: ConfigurationHandling;
  readonly externalIds: ExternalIds;
}

/** The command half of the interface; the module at the top imports `WebModule`. */
@Module({})
export class CommandApiModule {
  static forRoot({ commands, escalating, configuration, externalIds }: CommandApiParts): DynamicModule {
    return {
      module: CommandApiModule,
      imports: [CqrsModule.forRoot()],
      controllers: [...COMPLAINT_CONTROLLERS, ConfigurationController, ImportComplaintsController],
      providers: [
        { provide: COMMAND_HANDLING, useValue: commands },
        { provide: ESCALATING, useValue: escalating },
        { provide: CONFIGURATION_HANDLING, useValue: configuration },
        { provide: EXTERNAL_IDS, useValue: externalIds },
        ComplaintEntrance,
        ConfigurationEntrance,
        GiveComplaintCommandHandler,
        DefineConfigurationHandler,
        ImportLineHandler,
      ],
    };
  }
}
