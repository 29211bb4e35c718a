import { Controller, Get, Query, Res, StreamableFile } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiProduces } from '@nestjs/swagger';
import type { Response } from 'express';
import { setAnswerHeaders } from '#libs/http/index.js';
import { READING_ROLES } from '../../access/reading-roles.js';
import { stored } from '../../edge/instants.js';
import type { Reads } from '../../edge/query-edge.interceptor.js';
import { wrongParameter } from '../../edge/query-problems.js';
import { QueryRoute } from '../../edge/query-route.decorator.js';
import { REPORTS, type ReportKind } from '../report-kinds.js';
import { reportFile } from './report-file.js';
import { REPORT_EXAMPLES } from './report.examples.js';
import { ReportDto } from './report.dto.js';
import { ReportQuery, type ReportBody } from './report.query.js';

function ReportRoute(kind: ReportKind, reads: Reads): MethodDecorator {
  const { summary, dimensions, grouped } = REPORTS[kind];
  const decorators = [
    Get(kind),
    QueryRoute({
      tag: 'reports',
      summary,
      description: `groupBy: ${dimensions.join(', ')}; default ${grouped.join(',')}. Times in seconds of the clock’s own kind, shares from 0 to 1, nothing rounded. Periods include from and exclude to.`,
      roles: READING_ROLES.reports,
      reads: [reads, 'configuration'],
    }),
    ApiProduces(
      'application/json',
      'text/csv',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ),
    ApiOkResponse({ example: REPORT_EXAMPLES[kind] }),
  ];
  return (target, key, descriptor) => {
    for (const decorate of decorators) decorate(target, key, descriptor as TypedPropertyDescriptor<unknown>);
  };
}

@Controller('reports')
export class ReportController {
  constructor(private readonly queries: QueryBus) {}

  @ReportRoute('registration-compliance', 'sla-facts')
  registration(@Query() dto: ReportDto, @Res({ passthrough: true }) response: Response) {
    return this.answer('registration-compliance', dto, response);
  }

  @ReportRoute('resolution-compliance', 'sla-facts')
  resolution(@Query() dto: ReportDto, @Res({ passthrough: true }) response: Response) {
    return this.answer('resolution-compliance', dto, response);
  }

  @ReportRoute('satisfaction', 'satisfaction-facts')
  satisfaction(@Query() dto: ReportDto, @Res({ passthrough: true }) response: Response) {
    return this.answer('satisfaction', dto, response);
  }

  @ReportRoute('escalations', 'sla-facts')
  escalations(@Query() dto: ReportDto, @Res({ passthrough: true }) response: Response) {
    return this.answer('escalations', dto, response);
  }

  @ReportRoute('workload', 'sla-facts')
  workload(@Query() dto: ReportDto, @Res({ passthrough: true }) response: Response) {
    return this.answer('workload', dto, response);
  }

  @ReportRoute('root-causes', 'sla-facts')
  rootCauses(@Query() dto: ReportDto, @Res({ passthrough: true }) response: Response) {
    return this.answer('root-causes', dto, response);
  }

  private async answer(
    kind: ReportKind,
    { format, ...dto }: ReportDto,
    response: Response,
  ): Promise<ReportBody | StreamableFile> {
    const { dimensions, grouped } = REPORTS[kind];
    const groupBy = [...new Set(dto.groupBy ?? grouped)];
    if (!groupBy.every((dimension) => dimensions.includes(dimension))) {
      throw wrongParameter('/groupBy', `This report groups by ${dimensions.join(', ')}.`);
    }
    const [from, to, asOf] = [stored(dto.from), stored(dto.to), stored(dto.asOf)];
    const report = await this.queries.execute(new ReportQuery({ ...dto, kind, groupBy, from, to, asOf }));
    setAnswerHeaders(response, { position: report.position ?? undefined });
    if (format === 'json') return report;
    const { type, name, content } = await reportFile(kind, report, format);
    return new StreamableFile(content, { type, disposition: `attachment; filename="${name}"` });
  }
}
