import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { pipeline } from 'node:stream/promises';
import { asProblem, setAnswerHeaders } from '#libs/http/index.js';
import { READING_ROLES } from '../../access/reading-roles.js';
import { stored } from '../../edge/instants.js';
import { asQueryProblem, wrongParameter } from '../../edge/query-problems.js';
import { QueryRoute } from '../../edge/query-route.decorator.js';
import { REPORTS } from '../report-kinds.js';
import { placeOf, whatIfPage } from './what-if-page.js';
import { WhatIfDto } from './what-if.dto.js';
import { WHAT_IF_EXAMPLE } from './what-if.example.js';
import { WhatIfQuery, type WhatIfLine, type WhatIfRequest } from './what-if.query.js';

const LINES = 'application/x-ndjson';

@Controller('reports')
export class WhatIfController {
  constructor(private readonly queries: QueryBus) {}

  @Post('what-if')
  @HttpCode(200)
  @QueryRoute({
    tag: 'reports',
    summary: 'A period judged again by a draft policy or calendar; nothing is stored',
    description:
      'The figures of the report as they are (`then`) and under the draft (`again`), and the complaints whose verdict flips: paged, ' +
      `or with \`Accept: ${LINES}\` as lines while they are found: \`flip\`, \`progress\`, at the end \`report\` (or \`problem\`).`,
    roles: READING_ROLES.reports,
    reads: ['sla-facts', 'configuration'],
    problems: ['malformed-json'],
  })
  @ApiProduces('application/json', LINES)
  @ApiOkResponse({ example: WHAT_IF_EXAMPLE })
  async whatIf(@Body() dto: WhatIfDto, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { limit, cursor } = dto;
    const after = placeOf(cursor);
    const lines = await this.queries.execute(new WhatIfQuery(requestOf(dto)));
    if (request.accepts(['application/json', LINES]) === LINES) {
      response.status(200).setHeader('Content-Type', `${LINES}; charset=utf-8`);
      // No faster than the client reads; when it goes away, the judging ends.
      await pipeline(asText(lines), response).catch(() => response.destroy());
      return;
    }
    const body = await whatIfPage(lines, { limit, after });
    setAnswerHeaders(response, { position: body.position ?? undefined });
    response.json(body);
  }
}

function requestOf({ limit: _, cursor: __, ...dto }: WhatIfDto): WhatIfRequest {
  const { dimensions, grouped } = REPORTS[dto.report];
  const groupBy = [...new Set(dto.groupBy ?? grouped)];
  if (!groupBy.every((dimension) => dimensions.includes(dimension))) {
    throw wrongParameter('/groupBy', `This report groups by ${dimensions.join(', ')}.`);
  }
  return { ...dto, groupBy, from: stored(dto.from), to: stored(dto.to), asOf: stored(dto.asOf) };
}

/** A line after which nothing comes tells that it went wrong: the status was sent long ago. */
async function* asText(lines: AsyncIterable<WhatIfLine>): AsyncGenerator<string> {
  try {
    for await (const line of lines) yield `${JSON.stringify(line)}\n`;
  } catch (error) {
    yield `${JSON.stringify({ type: 'problem', problem: asProblem(asQueryProblem(error)) })}\n`;
  }
}
