import { readFileSync } from 'node:fs';
import {
  CalendarDefinition,
  compileCalendar,
  instantOf,
  preview,
  PreviewRequest,
  readPreview,
  toIso,
} from './index.js';
import { withPublicHolidays } from './holidays/index.js';
import { everyDay, officeHours } from './testing/fixtures.js';

interface Example {
  readonly request: PreviewRequest & {
    readonly calendar: {
      readonly timeZone: string;
      readonly hours: 'office' | 'night';
      readonly holidays?: CalendarDefinition['holidays'];
    };
  };
  readonly answer: { readonly due: string; readonly elapsed: number; readonly compliant: boolean | null };
}

const page = readFileSync(new URL('../../docs/explanation/clocks.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```json example\n([^`]*)```/g)].map(
  (match) => JSON.parse(match[1] ?? '') as Example,
);

/** The page abbreviates hours by name: it is about clocks, not about the shape of calendars. */
function calendarOf({ timeZone, hours, holidays }: Example['request']['calendar']): CalendarDefinition {
  const definition = hours === 'office' ? officeHours(timeZone) : everyDay(timeZone, [['22:00', '06:00']]);
  return withPublicHolidays({ ...definition, holidays }, 2026);
}

describe('the worked examples of docs/explanation/clocks.md', () => {
  it('are there', () => {
    expect(examples).toHaveLength(6);
  });

  it.each(examples)('$request.target from $request.start is due $answer.due', ({ request, answer }) => {
    const read = readPreview(request);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const { due, elapsed, compliant } = preview({
      calendar: compileCalendar(calendarOf(request.calendar)),
      ...read.input,
    });
    expect({ due: due === null ? null : toIso(due), elapsed, compliant }).toEqual({
      ...answer,
      due: toIso(instantOf(answer.due)),
    });
  });
});
