import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { calendar, DEFAULT_CALENDAR } from '#libs/configuration-model/index.js';
import { ProblemError } from '#libs/http/index.js';
import { ComplaintRegisterQueries } from '#projections/complaint-register/index.js';
import { SlaFactsQueries, type SlaFacts } from '#projections/sla-facts/index.js';
import { QUERY_PARTS, type QueryApiParts } from '../../query-api.tokens.js';
import { ComplaintViews } from '../complaint-views.js';
import type { ComplaintSummary } from '../complaint.body.js';
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
    if (visibility.team !== undefined && page.team !== undefined && page.team !== visibility.team) {
      throw new ProblemError('not-your-team', { detail: 'Officers get the worklists of their own team.' });
    }
    const team = visibility.team ?? page.team;
    const { items, nextCursor } = await this.facts.worklist(name, { ...page, team });
    const documents = await this.register.findAll(items.map(({ _id }) => _id));
    const summaries = await this.views.summaries(documents, visibility);
    const complaints = new Map(summaries.map((summary) => [summary.id, summary]));
    const dayOf = this.dayOf();
    const now = this.parts.now();
    return {
      items: items.flatMap((work) => {
        const complaint = complaints.get(work._id);
        // The two read models advance side by side; what one does not have yet is on the next look.
        return complaint === undefined ? [] : [workOf(work, complaint, now, dayOf)];
      }),
      nextCursor,
    };
  }

  private dayOf(): (moment: Date) => string {
    const { current } = this.parts.configuration;
    const timeZone = calendar(current, DEFAULT_CALENDAR)?.timeZone ?? 'UTC';
    const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
    return (moment) => format.format(moment);
  }
}

function workOf(
  { due, callBackAt, nextEscalation }: SlaFacts,
  complaint: ComplaintSummary,
  now: Date,
  dayOf: (moment: Date) => string,
): WorkItem {
  return { ...complaint, due, urgency: urgencyOf(due, now, dayOf), callBackAt, nextEscalation };
}

function urgencyOf(due: string | null, now: Date, dayOf: (moment: Date) => string): string {
  if (due === null) return 'open';
  if (due < now.toISOString()) return 'overdue';
  return dayOf(new Date(due)) === dayOf(now) ? 'due-today' : 'open';
}
