import { Controller, Get, Header, Inject, Module, VERSION_NEUTRAL, type DynamicModule } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AllowRoles } from '#libs/auth/index.js';
import type { Logger } from './logger.js';
import type { Metrics } from './metrics.js';

export const LOGGER = Symbol('Logger');
export const METRICS = Symbol('Metrics');

/** In Prometheus' text format. It tells about load and failures, so it takes a token (a scraper's: role `service`). */
@ApiTags('health')
@Controller({ path: 'metrics', version: VERSION_NEUTRAL })
export class MetricsController {
  constructor(@Inject(METRICS) private readonly metrics: Metrics) {}

  @Get()
  @ApiOperation({
    summary: 'Figures for Prometheus',
    description: 'Roles: service, admin, supervisor, auditor.',
  })
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  @AllowRoles('service', 'admin', 'supervisor', 'auditor')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  scrape(): Promise<string> {
    return this.metrics.registry.metrics();
  }
}

/** `LOGGER` and `METRICS` for every provider of the application, and the page `/metrics`. */
@Module({})
export class ObservabilityModule {
  static forRoot(logger: Logger, metrics: Metrics): DynamicModule {
    return {
      module: ObservabilityModule,
      global: true,
      controllers: [MetricsController],
      providers: [
        { provide: LOGGER, useValue: logger },
        { provide: METRICS, useValue: metrics },
      ],
      exports: [LOGGER, METRICS],
    };
  }
}
