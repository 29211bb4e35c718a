import { Module, type DynamicModule } from '@nestjs/common';
import type { RunningProjections } from './run-projections.js';

export const RUNNING_PROJECTIONS = Symbol('RunningProjections');

/** The projector as a process of its own: health and metrics over HTTP, and nothing else. */
@Module({})
export class ProjectorModule {
  static forRoot(web: DynamicModule, projections: RunningProjections): DynamicModule {
    return {
      module: ProjectorModule,
      imports: [web],
      providers: [{ provide: RUNNING_PROJECTIONS, useValue: projections }],
      exports: [RUNNING_PROJECTIONS],
    };
  }
}
