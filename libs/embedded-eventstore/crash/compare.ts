import { EventStoreDBClient, type EventData } from '@eventstore/db-client';
import type { Attempt } from './writers.js';

/** Milliseconds. A machine that does much else, or stops these processes for a while, is no fault of the log. */
const patience = 600_000;

interface Stored {
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  readonly data: string;
}

/** Holds the re-opened log against everything that was ever sent to it. @returns what is wrong */
export async function compare(url: string, attempts: readonly Attempt[]): Promise<string[]> {
  const client = EventStoreDBClient.connectionString(url);
  try {
    const problems: string[] = [];
    const stored = await readLog(client, problems);
    const sent = new Set(attempts.flatMap(({ events }) => events.map(({ id }) => id)));
    for (const id of stored.keys()) if (!sent.has(id)) problems.push(`event ${id} was never sent`);
    for (const attempt of attempts) problems.push(...compareAttempt(attempt, stored));
    problems.push(...(await repeatUnanswered(client, attempts, stored)));
    return problems;
  } finally {
    await client.dispose();
  }
}

async function readLog(client: EventStoreDBClient, problems: string[]): Promise<Map<string, Stored>> {
  const stored = new Map<string, Stored>();
  let last = 0n;
  for await (const { event } of client.readAll()) {
    if (!event) continue;
    const position = event.position.commit;
    if (position <= last) problems.push(`position ${position} follows ${last}`);
    last = position;
    if (stored.has(event.id)) problems.push(`event ${event.id} is there twice`);
    stored.set(event.id, {
      stream: event.streamId,
      revision: Number(event.revision),
      position,
      data: JSON.stringify(event.data),
    });
  }
  return stored;
}

function compareAttempt(
  { stream, events, acknowledged }: Attempt,
  stored: ReadonlyMap<string, Stored>,
): string[] {
  const found = events.map(({ id }) => stored.get(id));
  const present = found.filter((event) => event !== undefined);
  const name = `the append of ${events.length} to ${stream}`;
  if (acknowledged && present.length < events.length)
    return [`${name} was acknowledged, and ${events.length - present.length} are missing`];
  if (present.length === 0) return [];
  if (present.length < events.length) return [`${name} is stored by half: ${present.length}`];
  const first = present[0] as Stored;
  return present.flatMap((event, n) => {
    const intact =
      event.stream === stream &&
      event.revision === first.revision + n &&
      event.position === first.position + BigInt(n) &&
      event.data === JSON.stringify((events[n] as EventData).data);
    const asSaid = !acknowledged || event.revision === acknowledged.lastRevision - (events.length - 1 - n);
    return intact && asSaid ? [] : [`event ${n} of ${name} is not as it was written`];
  });
}

/** An append that got no answer is sent again as it was: it must be taken, and stored once. */
async function repeatUnanswered(
  client: EventStoreDBClient,
  attempts: readonly Attempt[],
  stored: ReadonlyMap<string, Stored>,
): Promise<string[]> {
  const problems: string[] = [];
  for (const attempt of attempts.filter(({ acknowledged }) => !acknowledged)) {
    const { stream, expected, events } = attempt;
    const result = await client.appendToStream(stream, [...events], {
      expectedRevision: expected === 'any' ? 'any' : expected,
      deadline: patience,
    });
    attempt.acknowledged = {
      lastRevision: Number(result.nextExpectedRevision),
      position: result.position?.commit ?? 0n,
    };
    const last = stored.get((events.at(-1) as EventData).id);
    if (last && last.position !== result.position?.commit)
      problems.push(`the repetition of an append to ${stream} was stored again`);
  }
  return problems;
}
