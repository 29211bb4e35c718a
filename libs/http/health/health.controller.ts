import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Public } from '#libs/auth/index.js';
import { ProblemError } from '../problem/problem-error.js';
import { ApiProblems } from '../problem/problem.openapi.js';
import { HealthRegistry, type CheckedPart } from './health.registry.js';

@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(@Inject(HealthRegistry) private readonly registry: HealthRegistry) {}

  /** The process runs and takes requests; says nothing about what it needs. */
  @Get('live')
  @ApiOkResponse({ example: { status: 'ok' } })
  @Header('Cache-Control', 'no-store')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** Every part that requests need is there. */
  @Get('ready')
  @ApiOkResponse({ example: { status: 'ok', checks: [{ name: 'event-store', ok: true }] } })
  @Header('Cache-Control', 'no-store')
  @ApiProblems('not-ready')
  async ready(): Promise<{ status: 'ok'; checks: readonly CheckedPart[] }> {
    const checks = await this.registry.run();
    const failing = checks.filter(({ ok }) => !ok).map(({ name }) => name);
    if (failing.length > 0) {
      throw new ProblemError('not-ready', {
        detail: `Not there: ${failing.join(', ')}.`,
        extensions: { checks },
        retryAfterSeconds: 2,
      });
    }
    return { status: 'ok', checks };
  }
}
