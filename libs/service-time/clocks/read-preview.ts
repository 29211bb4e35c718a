import { parseDuration } from '../duration/parse-duration.js';
import { Instant, parseInstant } from '../instant.js';
import { Problem } from '../problem.js';
import { PreviewInput } from './preview.js';

/** The texts of `POST /sla-policies/preview`, apart from its calendar. */
export interface PreviewRequest {
  readonly target: string;
  readonly start: string;
  readonly end?: string;
  readonly pauses?: readonly { readonly from: string; readonly to?: string }[];
}

export type ReadPreview =
  | { readonly ok: true; readonly input: Omit<PreviewInput, 'calendar'> }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export const MOST_PAUSES = 1000;

/** An end before the start is no problem, it counts 0; a pause that ends before it begins is a mistake. */
export function readPreview(request: PreviewRequest): ReadPreview {
  const problems: Problem[] = [];
  const moment = (text: string, pointer: string): Instant | undefined => {
    const at = parseInstant(text);
    if (at === undefined) {
      const detail = `${text.slice(0, 40)} is not an ISO 8601 time with an offset`;
      problems.push({ pointer, detail, code: 'malformed' });
    }
    return at;
  };
  const target = parseDuration(request.target);
  if (!target.ok) problems.push({ pointer: '/target', detail: target.reason, code: 'absurd' });
  const start = moment(request.start, '/start');
  const end = request.end === undefined ? undefined : moment(request.end, '/end');
  const given = request.pauses ?? [];
  if (given.length > MOST_PAUSES) {
    problems.push({ pointer: '/pauses', detail: `more than ${MOST_PAUSES} pauses`, code: 'absurd' });
  }
  const pauses: { from: Instant; to?: Instant }[] = [];
  given.slice(0, MOST_PAUSES).forEach((pause, index) => {
    const pointer = `/pauses/${index}`;
    const from = moment(pause.from, `${pointer}/from`);
    const to = pause.to === undefined ? undefined : moment(pause.to, `${pointer}/to`);
    if (from === undefined) return;
    if (to !== undefined && to < from) {
      problems.push({ pointer, detail: 'the pause ends before it begins', code: 'absurd' });
    }
    pauses.push({ from, to });
  });
  if (!target.ok || start === undefined || problems.length > 0) return { ok: false, problems };
  return { ok: true, input: { target: target.milliseconds, start, end, pauses } };
}
