import { parseDuration } from '../duration/parse-duration.js';

/** When a level is reached: at a share of the target, or a span after or before the target is used up. */
export type EscalationAt =
  | { readonly kind: 'share'; readonly percent: number }
  | { readonly kind: 'after' | 'before'; readonly duration: number };

export type EscalationAtResult =
  { readonly ok: true; readonly at: EscalationAt } | { readonly ok: false; readonly reason: string };

const SHARE = /^(\d{1,4})%$/;
const RELATIVE = /^(\S+) (after|before)$/;

export const LARGEST_SHARE = 1000;

/** `80%`, `PT2H after` (PT0S after is the due moment itself), `PT30M before`; all in the clock's own kind of time. */
export function parseEscalationAt(text: string): EscalationAtResult {
  const share = SHARE.exec(text);
  if (share !== null) {
    const percent = Number(share[1]);
    if (percent >= 1 && percent <= LARGEST_SHARE) return { ok: true, at: { kind: 'share', percent } };
    return { ok: false, reason: `${text} is not between 1% and ${LARGEST_SHARE}%` };
  }
  const relative = RELATIVE.exec(text);
  if (relative === null) {
    return { ok: false, reason: `${text.slice(0, 40)} is neither "80%" nor "PT2H after" nor "PT30M before"` };
  }
  const kind = relative[2] as 'after' | 'before';
  const duration = parseDuration(relative[1] ?? '', { allowZero: kind === 'after' });
  if (!duration.ok) return duration;
  return { ok: true, at: { kind, duration: duration.milliseconds } };
}

/** How much must have been counted when the level is reached. Less than 1 for a level before the clock begins. */
export function countedAtLevel(at: EscalationAt, target: number): number {
  switch (at.kind) {
    case 'share':
      return Math.ceil((target * at.percent) / 100);
    case 'after':
      return target + at.duration;
    case 'before':
      return target - at.duration;
  }
}
