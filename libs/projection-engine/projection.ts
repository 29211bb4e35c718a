import type { GlobalPosition, RecordedEvent, StreamRevision } from '#libs/event-contracts/index.js';

/** What the engine keeps in every document besides the fold's own fields. */
export interface ProjectionDocument {
  /** The complaint's id. */
  readonly _id: string;
  /** Revision of the last event of the complaint's stream that the document has absorbed. */
  readonly revision: StreamRevision;
  /** Position of the last event, of its own stream or of the context, that the document has absorbed. */
  readonly position: GlobalPosition;
}

/** A document as the fold sees and returns it; the engine adds id, revision and position. */
export type Folded<Doc extends ProjectionDocument> = Omit<Doc, keyof ProjectionDocument>;

export interface IndexSpec {
  readonly name: string;
  readonly keys: Readonly<Record<string, 1 | -1>>;
  readonly unique?: boolean;
}

/**
 * A read model: one document per complaint, the pure fold of the complaint's events in order. Identity is name and
 * version; a change of fold or document is a new version.
 */
export interface Projection<Doc extends ProjectionDocument = ProjectionDocument, Context = undefined> {
  readonly name: string;
  readonly version: number;
  readonly indexes: readonly IndexSpec[];
  /**
   * Once there is a document there always is: the fold never takes it back. Then stored documents can tell what was
   * known at a past moment; without it that is folded from the whole log.
   */
  readonly keepsDocuments?: true;
  /** Pure; null in for the first event, null out for "no document". Unknown event types are returned unchanged. */
  fold(document: Folded<Doc> | null, event: RecordedEvent, context: Context): Folded<Doc> | null;
  /**
   * Facts shared by all documents (calendars, policies, call tree), folded from other streams in log order: every
   * complaint event is folded with the context as it stood at that event's position.
   */
  readonly context?: {
    readonly prefixes: readonly string[];
    readonly initial: Context;
    evolve(context: Context, event: RecordedEvent): Context;
    /** Documents to fold again when the context changes, e.g. open complaints whose due moments move. */
    readonly refold?: {
      /** Equality and `$eq $ne $in $nin $gt $gte $lt $lte $exists` on fields and dotted paths; see `refold-filter.ts`. */
      readonly filter: Readonly<Record<string, unknown>>;
      apply(document: Folded<Doc>, event: RecordedEvent, context: Context): Folded<Doc>;
    };
  };
}

/** A projection whose document and context types are its own affair; what registries and the engine hold. */
export type AnyProjection = Projection<ProjectionDocument, unknown>;
