import { type DynamicModule, Module } from '@nestjs/common';
import { WebModule, type WebOptions } from '#libs/http/index.js';
import { CommandApiModule, type CommandApiParts } from '../command-api/command-api.module.js';
import { QueryApiModule, type QueryApiParts } from '../query-api/query-api.module.js';

export interface AllInOneParts {
  readonly web: WebOptions;
  readonly commands: CommandApiParts;
  readonly queries: QueryApiParts;
}

/** Both halves of the interface on one port. */
@Module({})
export class AllInOneModule {
  static forRoot({ web, commands, queries }: AllInOneParts): DynamicModule {
    return {
      module: AllInOneModule,
      imports: [WebModule.forRoot(web), CommandApiModule.forRoot(commands), QueryApiModule.forRoot(queries)],
    };
  }
}
