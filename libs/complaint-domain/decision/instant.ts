const ISO_8601 =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/**
 * Milliseconds since 1970 of an ISO 8601 instant with offset (or Z); undefined for anything else, for days that do
 * not exist (which `Date` would roll over in silence) and for moments before 1970. Finer digits than milliseconds
 * are cut off.
 */
export function parseInstant(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  const parts = ISO_8601.exec(text);
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const milliseconds = Date.parse(text);
  return milliseconds >= 0 ? milliseconds : undefined;
}

/** ISO 8601 UTC with milliseconds, the one form in which events carry instants. */
export function formatInstant(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
