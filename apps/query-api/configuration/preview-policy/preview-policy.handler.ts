import { Inject } from '@nestjs/common';
import { QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { calendar } from '#libs/configuration-model/index.js';
import { ProblemError } from '#libs/http/index.js';
import { knowsHolidaysOf, withPublicHolidays } from '#libs/service-time/holidays/index.js';
import {
  compileCalendar,
  durationOf,
  instantOf,
  preview,
  SECOND,
  toIso,
  validateCalendar,
  type BusinessCalendar,
} from '#libs/service-time/index.js';
import { wrongParameter } from '../../edge/query-problems.js';
import { QUERY_PARTS, type QueryApiParts } from '../../query-api.tokens.js';
import type { CalendarDraft } from './preview-policy.dto.js';
import { PreviewPolicyQuery, type PreviewBody } from './preview-policy.query.js';

/** Only for the shape: a draft is never shown to anybody by name. */
const NAMELESS = { tr: '-', en: '-' };

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
    const { due, dueUnknown, elapsed, compliant, ledger } = preview({
      calendar: this.calendarOf(input.calendar),
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

  private calendarOf(given: string | CalendarDraft): BusinessCalendar {
    if (typeof given !== 'string') return this.compiledDraft(given);
    const known = calendar(this.parts.configuration.current, given);
    if (known === undefined) throw wrongParameter('/calendar', 'There is no calendar with this code.');
    return known;
  }

  private compiledDraft(draft: CalendarDraft): BusinessCalendar {
    const definition = { names: NAMELESS, ...draft };
    const problems = validateCalendar(definition, knowsHolidaysOf);
    if (problems.length > 0) {
      throw new ProblemError('invalid-input', {
        detail: 'The calendar must be corrected; see errors.',
        errors: problems.map(({ pointer, detail }) => ({ pointer: `/calendar${pointer}`, detail })),
      });
    }
    return compileCalendar(withPublicHolidays(definition, this.parts.now().getUTCFullYear()));
  }
}
