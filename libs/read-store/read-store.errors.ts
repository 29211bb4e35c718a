/** The read store does not answer, or its URL cannot be used; the message says what to do. */
export class ReadStoreUnavailableError extends Error {
  override readonly name = 'ReadStoreUnavailableError';
  readonly code = 'READ_STORE_UNAVAILABLE';
}

/** A cursor that this list did not hand out. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
  readonly code = 'INVALID_CURSOR';
  constructor() {
    super('The cursor is not one that this list with this order handed out; start again without a cursor.');
  }
}

export function unavailable(url: string, cause: unknown): ReadStoreUnavailableError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ReadStoreUnavailableError(
    `The read store at ${withoutPassword(url)} cannot be used: ${reason}. ` +
      'Check MONGODB_URL (mongodb://host:port) and that the server runs, or unset it to use the embedded one.',
    { cause },
  );
}

/** URLs end up in logs; what stands between "//" and "@" may be a password. */
export function withoutPassword(url: string): string {
  return url.replace(/\/\/[^/]*@/, '//***@');
}
