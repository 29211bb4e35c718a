/** What the shell is told. */
export const EXIT = { done: 0, failed: 1, usage: 2, refused: 3 } as const;

/** Wrong use: the message says how it is used. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Errors whose message is written for the person at the terminal; anything else shows where it came from. */
const PLAIN = new Set([
  'UsageError',
  'SettingsError',
  'ListenError',
  'FolderInUseError',
  'FolderNotWritableError',
  'FolderFormatError',
  'EngineStartError',
  'PortTakenError',
  'EventStoreUnreachableError',
  'ReadStoreUnavailableError',
  'MasterKeyError',
  'SigningKeyError',
  'TokenRequestError',
  'SharedServersNeededError',
  'RequestFailedError',
  'ForeignLogError',
  'MappingError',
  'ImportFailedError',
  'BuildRefusedError',
  'LogDamagedError',
  'StoreDamagedError',
]);

export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return PLAIN.has(error.name) ? error.message : (error.stack ?? error.message);
}

export function exitCodeOf(error: unknown): number {
  const isUse =
    error instanceof Error && ['UsageError', 'TokenRequestError', 'SettingsError'].includes(error.name);
  return isUse ? EXIT.usage : EXIT.failed;
}
