import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { instant } from '#libs/service-time/index.js';
import { SlaFactsQueries, type SlaFacts } from '#projections/sla-facts/index.js';
import { refuseOtherTeams } from '../../access/visibility.js';
import { notFound } from '../../edge/query-problems.js';
import { QUERY_PARTS, type QueryApiParts } from '../../query-api.tokens.js';
import type { ComplaintClocks } from './complaint-clocks.body.js';
import { ComplaintClocksQuery } from './complaint-clocks.query.js';
import { readClocks } from './read-clocks.js';

@QueryHandler(ComplaintClocksQuery)
export class ComplaintClocksHandler implements IQueryHandler<ComplaintClocksQuery> {
  constructor(
    private readonly facts: SlaFactsQueries,
    @Inject(QUERY_PARTS) private readonly parts: QueryApiParts,
  ) {}

  async execute({ id, visibility }: ComplaintClocksQuery): Promise<ComplaintClocks> {
    const facts = await this.facts.find(id);
    if (facts === null) throw notFound('complaint with this id');
    refuseOtherTeams(visibility, teamsOf(facts));
    const now = this.parts.now();
    const { current } = this.parts.configuration;
    const at = instant(now.getTime());
    return {
      id,
      reference: facts.reference,
      now: now.toISOString(),
      clocks: facts.cycles.flatMap((cycle) => readClocks(cycle, current, at)),
    };
  }
}

function teamsOf({ cycles }: SlaFacts): string[] {
  return cycles.flatMap(({ stays }) => stays.flatMap(({ team }) => team ?? []));
}
