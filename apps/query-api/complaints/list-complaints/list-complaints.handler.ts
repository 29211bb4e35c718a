import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { readReferenceNumber } from '#libs/command-handling/index.js';
import { subtreeOf } from '#libs/configuration-model/index.js';
import { ComplaintRegisterQueries } from '#projections/complaint-register/index.js';
import { QUERY_PARTS, type QueryApiParts } from '../../query-api.tokens.js';
import { ComplaintViews } from '../complaint-views.js';
import type { ComplaintPage } from '../complaint.body.js';
import { ListComplaintsQuery } from './list-complaints.query.js';

@QueryHandler(ListComplaintsQuery)
export class ListComplaintsHandler implements IQueryHandler<ListComplaintsQuery> {
  constructor(
    private readonly register: ComplaintRegisterQueries,
    private readonly views: ComplaintViews,
    @Inject(QUERY_PARTS) private readonly parts: QueryApiParts,
  ) {}

  async execute({ search, page, visibility }: ListComplaintsQuery): Promise<ComplaintPage> {
    const { current } = this.parts.configuration;
    const orReference = search.q === undefined ? undefined : readReferenceNumber(search.q);
    const callTree = search.callTree?.flatMap((node) => subtreeOf(current, node));
    const found = await this.register.search(
      {
        ...search,
        orReference,
        callTree: callTree && [...new Set(callTree)],
        visibleToTeam: visibility.team,
      },
      page,
    );
    return { items: await this.views.summaries(found.items, visibility), nextCursor: found.nextCursor };
  }
}
