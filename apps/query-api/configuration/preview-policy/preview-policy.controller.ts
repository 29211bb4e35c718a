import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse } from '@nestjs/swagger';
import { READING_ROLES } from '../../access/reading-roles.js';
import { QueryRoute } from '../../edge/query-route.decorator.js';
import { PreviewPolicyDto } from './preview-policy.dto.js';
import { PreviewPolicyQuery, type PreviewBody } from './preview-policy.query.js';

@Controller('sla-policies')
export class PreviewPolicyController {
  constructor(private readonly queries: QueryBus) {}

  @Post('preview')
  @HttpCode(200)
  @QueryRoute({
    tag: 'configuration',
    summary: 'When a target would be used up by a calendar; nothing is stored',
    roles: READING_ROLES.preview,
    reads: ['configuration'],
    problems: ['malformed-json'],
  })
  @ApiOkResponse({
    example: {
      due: '2026-03-09T13:00:00.000Z',
      dueUnknown: null,
      elapsed: 32400,
      compliant: null,
      ledger: [
        { from: '2026-03-06T13:00:00.000Z', to: '2026-03-06T15:00:00.000Z', state: 'running', counted: 7200 },
        {
          from: '2026-03-06T15:00:00.000Z',
          to: '2026-03-09T06:00:00.000Z',
          state: 'outside-hours',
          counted: 0,
        },
        {
          from: '2026-03-09T06:00:00.000Z',
          to: '2026-03-09T13:00:00.000Z',
          state: 'running',
          counted: 25200,
        },
      ],
    },
  })
  preview(@Body() input: PreviewPolicyDto): Promise<PreviewBody> {
    return this.queries.execute(new PreviewPolicyQuery(input));
  }
}
