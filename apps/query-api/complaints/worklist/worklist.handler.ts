import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { ComplaintRegisterQueries } from '#projections/complaint-register/index.js';
import { SlaFactsQueries, type SlaFacts } from '#projections/sla-facts/index.js';
import { QUERY_PARTS, type QueryApiParts } from '../../query-api.tokens.js';
import { ComplaintViews } from '../complaint-views.js';
import type { ComplaintSummary } from '../complaint.body.js';
import { daysIn } from './days-in.js';
import { teamSeen } from './team-seen.js';
import { urgencyOf, type Days } from './urgency.js';
import type { WorkItem, WorklistPage } from './worklist.body.js';
import { WorklistQuery } from './worklist.query.js';

@QueryHandler(WorklistQuery)
export class WorklistHandler implements IQueryHandler<WorklistQuery> {
  constructor(
    private readonly facts: SlaFactsQueries,
    private readonly register: ComplaintRegisterQueries,
    private readonly views: ComplaintViews,
    @Inject(QUERY_PARTS) private readonly parts: QueryApiParts,
  ) {}

  async execute({ name, page, visibility }: WorklistQuery): Promise<WorklistPage> {
    const team = teamSeen(visibility, page.team);
    const days = daysIn(this.parts);
    const { urgency, limit, cursor } = page;
    const due = urgency && days[urgency];
    const { items, nextCursor } = await this.facts.worklist(name, { team, due, limit, cursor });
    const documents = await this.register.findAll(items.map(({ _id }) => _id));
    const summaries = await this.views.summaries(documents, visibility);
    const complaints = new Map(summaries.map((summary) => [summary.id, summary]));
    return {
      items: items.flatMap((work) => {
        const complaint = complaints.get(work._id);
        // The two read models advance side by side; what one does not have yet is on the next look.
        return complaint === undefined ? [] : [workOf(work, complaint, days)];
      }),
      nextCursor,
    };
  }
}

function workOf(
  { step, due, callBackAt, nextEscalation }: SlaFacts,
  complaint: ComplaintSummary,
  days: Days,
): WorkItem {
  return { ...complaint, step, due, urgency: urgencyOf(due, days), callBackAt, nextEscalation };
}
