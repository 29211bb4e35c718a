import { Module, type DynamicModule } from '@nestjs/common';

/** The escalator as a process of its own: health and metrics over HTTP, and nothing else. */
@Module({})
export class EscalatorModule {
  static forRoot(web: DynamicModule): DynamicModule {
    return { module: EscalatorModule, imports: [web] };
  }
}
