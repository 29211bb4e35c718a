import { type DynamicModule, Module } from '@nestjs/common';
import { CommandApiModule, type CommandApiParts } from './command-api.module.js';

/** The command half as a process of its own. */
@Module({})
export class CommandApiProcessModule {
  static forRoot(web: DynamicModule, parts: CommandApiParts): DynamicModule {
    return { module: CommandApiProcessModule, imports: [web, CommandApiModule.forRoot(parts)] };
  }
}
