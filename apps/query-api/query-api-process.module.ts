import { Module, type DynamicModule } from '@nestjs/common';
import { QueryApiModule, type QueryApiParts } from './query-api.module.js';

/** The query half as a process of its own. */
@Module({})
export class QueryApiProcessModule {
  static forRoot(web: DynamicModule, parts: QueryApiParts): DynamicModule {
    return { module: QueryApiProcessModule, imports: [web, QueryApiModule.forRoot(parts)] };
  }
}
