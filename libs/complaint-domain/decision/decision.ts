import type { Rejection } from './rejection.js';

/** What a decider answers: the new facts with the moment they hold from, or why there are none. */
export type Decision<Event> =
  | {
      readonly ok: true;
      readonly events: readonly Event[];
      /** Goes into the metadata of every one of the events; ISO 8601 UTC with milliseconds. */
      readonly occurredAt: string;
    }
  | { readonly ok: false; readonly rejection: Rejection };

export function refuse(rejection: Rejection): { readonly ok: false; readonly rejection: Rejection } {
  return { ok: false, rejection };
}
