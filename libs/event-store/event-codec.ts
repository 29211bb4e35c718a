/**
 * What the store needs to know of event types: versions, schemas and upcasters. Injected, so that the tests of the
 * store need no domain.
 */
export interface EventCodec {
  /** The version written today; undefined for a type that this release does not know. */
  newestVersion(type: string): number | undefined;
  /** What breaks the schema of that type and version, without quoting content; empty when it is fine or unknown. */
  problems(type: string, version: number, data: unknown): readonly string[];
  /** Brings stored data to the newest version. */
  upcast(type: string, version: number, data: unknown): unknown;
}
