import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { durationOf, instantOf, preview, SECOND, toIso } from '#libs/service-time/index.js';
import { wrongParameter } from '../../edge/query-problems.js';
import { QUERY_PARTS, type QueryApiParts } from '../../query-api.tokens.js';
import { givenCalendar } from '../given-calendar.js';
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
    const begins = instantOf(start);
    const { due, dueUnknown, elapsed, compliant, ledger } = preview({
      calendar: givenCalendar(input.calendar, this.parts.configuration.current, begins),
      target: durationOf(input.target),
      start: begins,
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
}
