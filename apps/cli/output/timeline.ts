/** An event as `GET /complaints/{id}/history` gives it. */
export interface HistoryEntry {
  readonly type: string;
  readonly revision: number;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly actor: {
    readonly sub: string;
    readonly name: string;
    readonly role: string;
    readonly team?: string;
  };
  readonly data: Readonly<Record<string, unknown>>;
}

/** One event as a line for people: revision, when, what, who, and what it says. */
export function timelineOf({ type, revision, occurredAt, recordedAt, actor, data }: HistoryEntry): string {
  const who = `${actor.name} (${actor.role}${actor.team === undefined ? '' : `, ${actor.team}`})`;
  const late =
    Date.parse(recordedAt) - Date.parse(occurredAt) > 60_000 ? ` recorded ${shortTime(recordedAt)}` : '';
  const said = Object.entries(data).map(([name, value]) => `      ${name}: ${textOf(value)}`);
  return [
    `${String(revision).padStart(4)}  ${shortTime(occurredAt)}  ${type}  by ${who}${late}`,
    ...said,
  ].join('\n');
}

function shortTime(instant: string): string {
  return instant.replace('T', ' ').replace(/\.\d+Z$/, 'Z');
}

/** What customers wrote must not steer the terminal it is shown on. */
function textOf(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replaceAll(/\p{Cc}+/gu, ' ');
}
