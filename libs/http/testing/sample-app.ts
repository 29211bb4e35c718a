import { Body, Controller, Get, Module, Param, Post, Query, Req, Res } from '@nestjs/common';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import {
  AllowRoles,
  CurrentCaller,
  embeddedVerifier,
  issueToken,
  Public,
  type Caller,
} from '#libs/auth/index.js';
import { createLogger, createMetrics, currentCorrelationId } from '#libs/observability/index.js';
import {
  ConsistencyToken,
  createWebApp,
  IdempotencyKey,
  IfMatch,
  IsCode,
  IsIsoInstant,
  IsListOf,
  IsNested,
  IsOneOf,
  IsPhoneLike,
  IsText,
  IsWhole,
  listen,
  NoBody,
  ProblemError,
  QueryFlag,
  QueryInstant,
  QueryLimit,
  setAnswerHeaders,
  UuidParam,
  WebModule,
  type HealthCheck,
  type Listening,
} from '../index.js';

class CustomerDto {
  @IsText({ max: 40 })
  name!: string;

  @IsPhoneLike({ optional: true })
  phone?: string;
}

class StepDto {
  @IsCode()
  code!: string;
}

class ComplaintDto {
  @IsNested(() => CustomerDto)
  customer!: CustomerDto;

  @IsOneOf(['phone', 'email'])
  channel!: string;

  @IsIsoInstant({ optional: true })
  contactedAt?: string;

  @IsWhole({ min: 1, max: 5, optional: true, nullable: true })
  score?: number | null;

  @IsListOf(() => StepDto, { max: 3, optional: true })
  steps?: StepDto[];
}

class ListQuery {
  @QueryLimit()
  limit = 50;

  @QueryFlag()
  escalated?: boolean;

  @QueryInstant()
  from?: string;
}

@Controller('things')
class SampleController {
  @Post()
  @AllowRoles('agent')
  create(
    @Body() body: ComplaintDto,
    @CurrentCaller() caller: Caller,
    @IdempotencyKey() key: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): unknown {
    setAnswerHeaders(response, {
      revision: 0,
      position: `${'0'.repeat(20)}-${'0'.repeat(20)}`,
      location: '/api/v1/things/1',
    });
    return { body, caller, key, correlationId: currentCorrelationId() };
  }

  @Get()
  @AllowRoles('agent', 'analyst')
  list(@Query() query: ListQuery, @ConsistencyToken() token: string | undefined): unknown {
    return { query, token };
  }

  @Post(':id/open')
  @AllowRoles('officer')
  open(@UuidParam() id: string, @Body() _body: NoBody, @IfMatch() revision: number | undefined): unknown {
    return { id, revision };
  }

  @Post(':id/close')
  @AllowRoles('agent')
  close(@UuidParam() _id: string): never {
    throw new ProblemError('illegal-transition', {
      detail: 'Only a confirmed complaint can be closed.',
      extensions: { currentStatus: 'open', reason: 'illegal-transition' },
    });
  }

  @Get('broken')
  @AllowRoles('agent')
  broken(@Query('q') q: string | undefined): never {
    throw new Error(`duplicate key { name: "${q}" }`);
  }

  @Get('cut')
  @Public()
  cut(@Res() response: Response): void {
    response.write('half an ans');
    throw new Error('too late');
  }
}

@Controller()
class OpenController {
  @Get('track/:reference')
  @Public()
  track(@Param('reference') reference: string): unknown {
    return { reference };
  }

  @Post('import')
  @AllowRoles('service')
  async import(@Req() request: Request): Promise<unknown> {
    let bytes = 0;
    for await (const chunk of request) bytes += (chunk as Buffer).length;
    return { bytes };
  }
}

export interface SampleApp {
  readonly app: NestExpressApplication;
  readonly server: Listening;
  readonly dataDir: string;
  /** Everything logged so far, as text. */
  readonly logged: () => string;
  readonly token: (role: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** A small application with one route of every kind, on a socket of its own. */
export async function startSampleApp(checks: readonly HealthCheck[] = []): Promise<SampleApp> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sample-app-'));
  const lines: string[] = [];
  const logger = createLogger({
    level: 'trace',
    service: 'sample',
    destination: { write: (line) => lines.push(line) },
  });
  const metrics = createMetrics('sample');
  const verifier = await embeddedVerifier(dataDir);

  @Module({
    imports: [WebModule.forRoot({ verifier, logger, metrics, checks })],
    controllers: [SampleController, OpenController],
  })
  class SampleModule {}

  const app = await createWebApp(SampleModule, {
    logger,
    metrics,
    rawBodies: [{ path: '/api/v1/import', types: ['application/x-ndjson'] }],
    rateLimits: [{ path: '/api/v1/track', requests: 3, windowSeconds: 60 }],
  });
  const server = await listen(app, '127.0.0.1', 0);
  return {
    app,
    server,
    dataDir,
    logged: () => lines.join(''),
    token: (role) => issueToken({ dataDir, sub: `${role}-1`, roles: [role], team: 'plumbing' }),
    close: async () => {
      try {
        await server.close(100);
      } finally {
        await rm(dataDir, { recursive: true, force: true });
      }
    },
  };
}
