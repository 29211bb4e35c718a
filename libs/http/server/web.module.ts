import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { AuthModule, type TokenVerifier } from '#libs/auth/index.js';
import { ObservabilityModule, type Logger, type Metrics } from '#libs/observability/index.js';
import { HealthController } from '../health/health.controller.js';
import { HealthRegistry, type HealthCheck } from '../health/health.registry.js';
import { InputPipe } from '../input/input.pipe.js';
import { ProblemFilter } from '../problem/problem.filter.js';

export interface WebOptions {
  readonly verifier: TokenVerifier;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Parts that are made before the application; others add theirs to the `HealthRegistry`. */
  readonly checks?: readonly HealthCheck[];
}

/**
 * What every application with an HTTP side has: the guard, the input pipe, the problem filter, `/health` and `/metrics`.
 * Imported once, by the module at the top. Exports `LOGGER`, `METRICS` and `HealthRegistry` to all.
 */
@Module({})
export class WebModule {
  static forRoot(options: WebOptions): DynamicModule {
    const registry = new HealthRegistry();
    for (const check of options.checks ?? []) registry.add(check);
    return {
      module: WebModule,
      global: true,
      imports: [
        ObservabilityModule.forRoot(options.logger, options.metrics),
        AuthModule.forRoot(options.verifier),
      ],
      controllers: [HealthController],
      providers: [
        { provide: HealthRegistry, useValue: registry },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useClass: InputPipe },
      ],
      exports: [HealthRegistry],
    };
  }
}
