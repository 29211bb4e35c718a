import { Metadata, status, type StatusObject } from '@grpc/grpc-js';

/** Ends a call with a status; what a client's library turns into its typed error travels in the trailers. */
export class CallError extends Error implements Partial<StatusObject> {
  override readonly name = 'CallError';
  readonly details: string;
  readonly metadata = new Metadata();

  constructor(
    readonly code: status,
    message: string,
    trailers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.details = message;
    for (const [key, value] of Object.entries(trailers)) this.metadata.set(key, value);
  }
}

export const invalidArgument = (message: string) => new CallError(status.INVALID_ARGUMENT, message);

export const appendTooLarge = (limit: number) =>
  new CallError(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(limit),
  });

export const metadataMissing = (properties: readonly string[]) =>
  new CallError(status.INVALID_ARGUMENT, `Required Metadata Property '${properties[0] ?? ''}' is missing`, {
    exception: 'missing-required-metadata-property',
    'required-metadata-properties': properties.join(','),
  });

/** What this engine leaves out on purpose. */
export const notInSubset = (what: string) =>
  new CallError(
    status.UNIMPLEMENTED,
    `${what} The embedded event store is an append-only ledger and a small subset of EventStoreDB: see docs/reference/embedded-eventstore.md.`,
  );

export const deleteRefused = () => notInSubset('Events cannot be deleted.');
export const truncationRefused = () =>
  notInSubset('$maxCount, $maxAge and $tb would remove events and are refused.');

/** What went wrong inside is for the log, not for the client. */
export function toStatus(error: unknown): Partial<StatusObject> {
  if (error instanceof CallError)
    return { code: error.code, details: error.details, metadata: error.metadata };
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return { code: status.INTERNAL, details: error instanceof Error ? error.message : 'unknown error' };
}
