import { randomUUID } from 'node:crypto';
import type { EventToAppend, LogMessage } from '../event-store.port.js';

/** Without personal texts, so that it needs no key. */
export function routedTo(team: string, eventId: string = randomUUID()): EventToAppend {
  return {
    type: 'ComplaintRouted',
    data: { team },
    eventId,
    context: {
      occurredAt: '2026-03-02T08:15:00.000Z',
      actor: { sub: 'ayse', name: 'Ayşe Yılmaz', role: 'agent' },
      commandId: randomUUID(),
      $correlationId: 'call-1',
      $causationId: 'call-1',
    },
  };
}

export function newStream(): string {
  return `complaint-${randomUUID()}`;
}

/** A category of its own, so that a test sees only what it wrote, on a shared server too. */
export function newPrefix(): string {
  return `test${randomUUID().replaceAll('-', '')}-`;
}

export async function collect(messages: AsyncIterable<LogMessage>): Promise<LogMessage[]> {
  const all: LogMessage[] = [];
  for await (const message of messages) all.push(message);
  return all;
}

/** The teams that the complaint was routed to, in the order of delivery. */
export function teamsOf(messages: readonly LogMessage[]): string[] {
  return messages.flatMap((message) =>
    message.kind === 'event' ? [(message.event.data as { team: string }).team] : [],
  );
}
