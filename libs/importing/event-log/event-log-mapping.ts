import type {
  Channel,
  CustomerKind,
  Names,
  Priority,
  ResolutionOutcome,
} from '#libs/event-contracts/index.js';

/** What an activity of the log means in our domain; how each is carried out stands in `activity-meanings.ts`. */
export type ActivityMeaning =
  /** The complaint is received. */
  | { readonly as: 'reception' }
  /** Part of the reception the first time; afterwards the next of `raises`. */
  | { readonly as: 'seriousness'; readonly raises: readonly Priority[] }
  /** Routed to the resource's team if need be, and opened. */
  | { readonly as: 'take-in-charge' }
  /** The clock rests until the case's next activity. */
  | { readonly as: 'wait' }
  | { readonly as: 'action'; readonly kind: string }
  | { readonly as: 'resolution'; readonly outcome: ResolutionOutcome }
  /** Confirmed and closed. */
  | { readonly as: 'closing' };

/** How a process-mining style log (case, activity, time, resource) reads as complaints. */
export interface EventLogMapping {
  /** Prefix of the cases' external ids. */
  readonly source: string;
  readonly columns: {
    readonly case: string;
    readonly activity: string;
    readonly time: string;
    readonly resource: string;
  };
  /** Every resource of the log is a team of its own, with this prefix before its name. */
  readonly teamPrefix: string;
  /** What the log doesn't say of a complaint. */
  readonly reception: {
    readonly channel: Channel;
    readonly callTree: { readonly code: string; readonly names: Names; readonly parent?: string };
    readonly customerKind: CustomerKind;
    readonly priority: Priority;
  };
  readonly activities: Readonly<Record<string, ActivityMeaning>>;
}

/** One line of the log. */
export interface EventLogRow {
  /** Line number in the file, from 1 for the header. */
  readonly line: number;
  readonly caseId: string;
  readonly activity: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly resource: string;
}

/** A code from a name of the log: lower case, digits and dashes. */
export function codeOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
}
