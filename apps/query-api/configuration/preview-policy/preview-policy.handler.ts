import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import {
  durationOf,
  HORIZON_YEARS,
  instantOf,
  preview,
  SECOND,
  toIso,
  type Instant,
  type Preview,
  type PreviewInput,
} from '#libs/service-time/index.js';
import { wrongParameter } from '../../edge/query-problems.js';
import { QUERY_PARTS, type QueryApiParts } from '../../query-api.tokens.js';
import { givenCalendarOfYears } from '../given-calendar.js';
import { PreviewPolicyQuery, type PreviewBody } from './preview-policy.query.js';

@QueryHandler(PreviewPolicyQuery)
export class PreviewPolicyHandler implements IQueryHandler<PreviewPolicyQuery> {
  constructor(@Inject(QUERY_PARTS) private readonly parts: QueryApiParts) {}

  execute({ input }: PreviewPolicyQuery): Promise<PreviewBody> {
    const { start, end, pauses = [] } = input;
    for (const [index, { from, to }] of pauses.entries()) {
      if (to !== undefined && instantOf(to) < instantOf(from)) {
        throw wrongParameter(`/pauses/${index}/to`, 'A pause ends at or after its beginning.');
      }
    }
    const { due, dueUnknown, elapsed, compliant, ledger } = this.accountOf(input.calendar, {
      target: durationOf(input.target),
      start: instantOf(start),
      end: end === undefined ? undefined : instantOf(end),
      pauses: pauses.map(({ from, to }) => ({
        from: instantOf(from),
        to: to === undefined ? undefined : instantOf(to),
      })),
    });
    return Promise.resolve({
      due: due === null ? null : toIso(due),
      dueUnknown,
      elapsed,
      compliant,
      ledger: ledger.map(({ from, to, state, counted }) => ({
        from: toIso(from),
        to: toIso(to),
        state,
        counted: counted / SECOND,
      })),
    });
  }

  /** Most accounts end within a few years, and holidays take a while to work out: the far years only for those that don't. */
  private accountOf(
    calendar: PreviewPolicyQuery['input']['calendar'],
    input: Omit<PreviewInput, 'calendar'>,
  ): Preview {
    const { start, end = start, pauses = [] } = input;
    const told = [start, end, ...pauses.flatMap(({ from, to = from }) => [from, to])];
    const firstYear = yearOf(start) - 1;
    const lastYear = told.map(yearOf).reduce((latest, year) => Math.max(latest, year));
    const until = (toYear: number): Preview =>
      preview({
        ...input,
        calendar: givenCalendarOfYears(calendar, this.parts.configuration.current, firstYear, toYear),
      });
    const near = until(lastYear + NEAR_YEARS);
    const settled = near.due !== null && yearOf(near.due) < lastYear + NEAR_YEARS;
    return settled || typeof calendar === 'string' ? near : until(lastYear + HORIZON_YEARS);
  }
}

const NEAR_YEARS = 2;

function yearOf(at: Instant): number {
  return new Date(at).getUTCFullYear();
}
