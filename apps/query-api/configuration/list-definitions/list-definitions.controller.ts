import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse } from '@nestjs/swagger';
import { READING_ROLES } from '../../access/reading-roles.js';
import { QueryRoute } from '../../edge/query-route.decorator.js';
import { ListDefinitionsDto } from './list-definitions.dto.js';
import {
  ListDefinitionsQuery,
  type DefinitionKind,
  type DefinitionPageBody,
} from './list-definitions.query.js';

function DefinitionsRoute(summary: string, example: object): MethodDecorator {
  const route = QueryRoute({
    tag: 'configuration',
    summary,
    roles: READING_ROLES.configuration,
    reads: ['configuration'],
  });
  const answer = ApiOkResponse({ example: { items: [example], nextCursor: null } });
  return (target, key, descriptor) => {
    route(target, key, descriptor);
    answer(target, key, descriptor);
  };
}

const NAMES = { tr: 'Sıhhi tesisat', en: 'Plumbing' };

@Controller()
export class ListDefinitionsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('call-tree')
  @DefinitionsRoute('The call tree', {
    code: 'defects-plumbing',
    names: NAMES,
    parent: 'defects',
    active: true,
    version: 1,
  })
  callTree(@Query() dto: ListDefinitionsDto): Promise<DefinitionPageBody> {
    return this.list('callTree', dto);
  }

  @Get('categories')
  @DefinitionsRoute('Complaint categories (root causes)', {
    code: 'material',
    names: NAMES,
    active: true,
    version: 1,
  })
  categories(@Query() dto: ListDefinitionsDto): Promise<DefinitionPageBody> {
    return this.list('categories', dto);
  }

  @Get('teams')
  @DefinitionsRoute('Teams', {
    code: 'plumbing',
    names: NAMES,
    members: ['mehmet'],
    active: true,
    version: 1,
  })
  teams(@Query() dto: ListDefinitionsDto): Promise<DefinitionPageBody> {
    return this.list('teams', dto);
  }

  @Get('calendars')
  @DefinitionsRoute('Calendars, with the public holidays that were known when they were published', {
    code: 'default',
    names: { tr: 'Mesai saatleri', en: 'Business hours' },
    timeZone: 'Europe/Istanbul',
    hours: { monday: [['09:00', '18:00']] },
    version: 1,
  })
  calendars(@Query() dto: ListDefinitionsDto): Promise<DefinitionPageBody> {
    return this.list('calendars', dto);
  }

  @Get('sla-policies')
  @DefinitionsRoute('The SLA policy in force now', {
    version: 1,
    effectiveFrom: '2026-01-01T00:00:00.000Z',
    calendar: 'default',
    registration: { phone: 'PT15M' },
    resolution: [{ callTree: 'defects', target: 'PT45H' }],
    escalation: [{ level: 1, at: '80%', notify: ['team'] }],
    reopenWindow: 'P14D',
    surveyAttempts: 3,
  })
  slaPolicies(@Query() dto: ListDefinitionsDto): Promise<DefinitionPageBody> {
    return this.list('slaPolicies', dto);
  }

  private list(kind: DefinitionKind, { history = false }: ListDefinitionsDto): Promise<DefinitionPageBody> {
    return this.queries.execute(new ListDefinitionsQuery(kind, history));
  }
}
