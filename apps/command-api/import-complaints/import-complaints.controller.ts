import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { pipeline } from 'node:stream/promises';
import { AllowRoles, type Caller, CurrentCaller } from '#libs/auth/index.js';
import { ApiProblems, ProblemError } from '#libs/http/index.js';
import { type ImportAnswer, inOrder } from '#libs/importing/index.js';
import { currentCorrelationId } from '#libs/observability/index.js';
import { ImportLineHandler, type ParsedLine, caseOf, parseLine } from './import-line.handler.js';
import { readLines } from './read-lines.js';

/** Cases handled side by side; the log's group commit makes the most of them. */
const CONCURRENCY = 64;
/** Lines read ahead of the oldest one without an answer. */
const WINDOW = 1024;

@Controller('import')
export class ImportComplaintsController {
  constructor(private readonly lines: ImportLineHandler) {}

  @Post()
  @HttpCode(200)
  @AllowRoles('service')
  @ApiTags('commands')
  @ApiOperation({
    summary: 'Replay histories of another system',
    description:
      'NDJSON lines `{command, body, occurredAt, actor, externalId}`, where `command` is the last part of the command’s path ' +
      '(`receive` for `POST /complaints`). Answers an NDJSON line for each, in order: `accepted`, `repeated` or `refused` ' +
      'with the problem. Lines of one `externalId` are one complaint and are handled in order. Sending a line again changes nothing.',
  })
  @ApiConsumes('application/x-ndjson')
  @ApiProduces('application/x-ndjson')
  @ApiBody({ schema: { type: 'string' } })
  @ApiResponse({
    status: 200,
    description: 'One answer per line.',
    content: { 'application/x-ndjson': { schema: { type: 'string' } } },
  })
  @ApiProblems('unauthenticated', 'forbidden', 'unsupported-media-type')
  async import(
    @Req() request: Request,
    @Res() response: Response,
    @CurrentCaller() caller: Caller,
  ): Promise<void> {
    if ((request.headers['content-encoding'] ?? 'identity') !== 'identity') {
      throw new ProblemError('unsupported-media-type', {
        detail: 'Lines are read as they come in: send them without Content-Encoding.',
      });
    }
    const origin = { submittedBy: caller.sub, correlationId: currentCorrelationId() ?? 'none' };
    response.status(200).setHeader('Content-Type', 'application/x-ndjson; charset=utf-8');
    const answers = inOrder(parsed(request), (line) => this.lines.handle(line, origin), {
      laneOf: caseOf,
      concurrency: CONCURRENCY,
      window: WINDOW,
    });
    try {
      // The pipeline neither sends more answers than the client reads nor reads more of its input.
      await pipeline(asLines(answers), response);
    } catch {
      // The client went away in the middle: whoever sends the lines again gets their answers.
      response.destroy();
    }
  }
}

async function* parsed(request: Request): AsyncGenerator<ParsedLine> {
  for await (const line of readLines(request)) yield parseLine(line);
}

async function* asLines(answers: AsyncIterable<ImportAnswer>): AsyncGenerator<string> {
  for await (const answer of answers) yield `${JSON.stringify(answer)}\n`;
}
