import type { ComplaintStatus } from '#libs/event-contracts/index.js';
import type { ComplaintCommandType } from '../complaint/complaint-command.js';

/** One thing that is wrong with the input; `pointer` is a JSON pointer into the command's body. */
export interface InputProblem {
  readonly pointer: string;
  readonly detail: string;
}

/** Somebody else may do this, or nobody of the caller's kind may: 403. */
export const NOT_ALLOWED_CODES = [
  'wrong-role',
  'not-your-team',
  'four-eyes',
  'reopen-window-passed',
] as const;
export type NotAllowedCode = (typeof NOT_ALLOWED_CODES)[number];

/** Nobody may do this as the complaint stands: 409. */
export const ILLEGAL_TRANSITION_CODES = [
  'illegal-transition',
  'already-received',
  'already-paused',
  'not-paused',
  'clock-paused',
  'survey-ended',
  'level-already-reached',
  'cycle-over',
] as const;
export type IllegalTransitionCode = (typeof ILLEGAL_TRANSITION_CODES)[number];

/** The input itself is wrong: 400. */
export const INVALID_CODES = [
  'unknown-command',
  'invalid-instant',
  'occurred-in-future',
  'occurred-before-previous-fact',
  'contacted-after-received',
  'required',
  'not-in-vocabulary',
  'unknown-call-tree-node',
  'unknown-category',
  'unknown-team',
  'same-team',
  'same-priority',
  'nothing-changes',
  'until-not-later',
  'call-back-not-later',
  'call-back-only',
  'score-out-of-range',
  'level-out-of-range',
  'not-reached-yet',
  'malformed-code',
  'unknown-parent',
  'cycle-in-tree',
  'malformed-definition',
] as const;
export type InvalidCode = (typeof INVALID_CODES)[number];

/** Why a command was refused. Codes are stable and part of the interface; details are for people. */
export type Rejection =
  | { readonly kind: 'not-allowed'; readonly code: NotAllowedCode; readonly detail: string }
  | {
      readonly kind: 'illegal-transition';
      readonly code: IllegalTransitionCode;
      /** As it stands now. */
      readonly status: ComplaintStatus;
      /** What the status allows instead, where it is the status that forbids the command. */
      readonly possible?: readonly ComplaintCommandType[];
      readonly detail: string;
    }
  | { readonly kind: 'not-found'; readonly code: 'unknown-complaint'; readonly detail: string }
  | {
      readonly kind: 'invalid';
      readonly code: InvalidCode;
      readonly detail: string;
      readonly errors: readonly InputProblem[];
    };

export type RejectionCode = Rejection['code'];

export function notAllowed(code: NotAllowedCode, detail: string): Rejection {
  return { kind: 'not-allowed', code, detail };
}

export function illegal(status: ComplaintStatus, code: IllegalTransitionCode, detail: string): Rejection {
  return { kind: 'illegal-transition', code, status, detail };
}

export function invalid(code: InvalidCode, pointer: string, detail: string): Rejection {
  return { kind: 'invalid', code, detail, errors: [{ pointer, detail }] };
}

/** All that is wrong at once, so that the caller corrects the input once; the first one names the code. */
export function firstOrAll(rejections: readonly (Rejection | undefined)[]): Rejection | undefined {
  const found = rejections.filter((rejection) => rejection !== undefined);
  const [first] = found;
  if (first?.kind !== 'invalid') return first;
  return {
    ...first,
    errors: found.flatMap((rejection) => (rejection.kind === 'invalid' ? rejection.errors : [])),
  };
}
