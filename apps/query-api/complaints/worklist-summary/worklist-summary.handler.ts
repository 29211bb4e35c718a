import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { SlaFactsQueries, STEPS, WORKLISTS, type DueRange } from '#projections/sla-facts/index.js';
import { QUERY_PARTS, type QueryApiParts } from '../../query-api.tokens.js';
import { daysIn } from '../worklist/days-in.js';
import { teamSeen } from '../worklist/team-seen.js';
import { URGENCIES, type Days, type Urgency } from '../worklist/urgency.js';
import type { WorkCounts, WorklistSummary } from './worklist-summary.body.js';
import { WorklistSummaryQuery } from './worklist-summary.query.js';

@QueryHandler(WorklistSummaryQuery)
export class WorklistSummaryHandler implements IQueryHandler<WorklistSummaryQuery> {
  constructor(
    private readonly facts: SlaFactsQueries,
    @Inject(QUERY_PARTS) private readonly parts: QueryApiParts,
  ) {}

  async execute({ team: asked, visibility }: WorklistSummaryQuery): Promise<WorklistSummary> {
    const team = teamSeen(visibility, asked);
    const days = daysIn(this.parts);
    const counted = async (name: (typeof STEPS)[number] | 'escalated') =>
      [name, await countsOf(days, (due) => this.facts.count(name, { team, due }))] as const;
    const [lists, callBacks] = await Promise.all([
      Promise.all([...STEPS, 'escalated' as const].map(counted)),
      countsOf(days, (at) => this.facts.countCallBacks({ team, at })),
    ]);
    const counts = new Map<string, WorkCounts>(lists);
    // Each complaint has one step while anything is left to be done, so the whole round need not be counted again.
    counts.set('follow-up', sumOf(lists.flatMap(([name, count]) => (name === 'escalated' ? [] : [count]))));
    return {
      now: days.overdue.to,
      nextDay: days.open.from,
      items: WORKLISTS.map((name) => ({ name, ...(counts.get(name) ?? sumOf([])) })),
      callBacks,
    };
  }
}

async function countsOf(days: Days, count: (due: DueRange) => Promise<number>): Promise<WorkCounts> {
  const [overdue = 0, dueToday = 0, open = 0] = await Promise.all(
    URGENCIES.map((urgency) => count(days[urgency])),
  );
  return byUrgencyOf({ overdue, 'due-today': dueToday, open });
}

function sumOf(parts: readonly WorkCounts[]): WorkCounts {
  const sum = (urgency: Urgency): number => parts.reduce((n, { byUrgency }) => n + byUrgency[urgency], 0);
  return byUrgencyOf({ overdue: sum('overdue'), 'due-today': sum('due-today'), open: sum('open') });
}

function byUrgencyOf(byUrgency: WorkCounts['byUrgency']): WorkCounts {
  return { total: byUrgency.overdue + byUrgency['due-today'] + byUrgency.open, byUrgency };
}
