import type { EscalationNotice } from '../notice.js';
import type { EscalatedEvent } from '../outbox/entries-of.js';
import type { OutboxEntry } from '../outbox/outbox-entry.js';

export const notice: EscalationNotice = {
  complaintId: '01912d68-783e-7a2f-8d3b-6b1f6f0c9a10',
  reference: 'SK-2026-000001',
  team: 'plumbing',
  timeZone: 'Europe/Istanbul',
  link: 'https://c.example/complaints/SK-2026-000001',
  cycle: 1,
  level: 2,
  at: '100%',
  reachedAt: '2026-03-02T14:00:00.000Z',
  dueAt: '2026-03-02T14:00:00.000Z',
  policyVersion: 1,
  lateBySeconds: 1,
};

export function entry(about: Partial<OutboxEntry> = {}): OutboxEntry {
  return {
    _id: '7b0e2a43-5f0a-5e0c-9d4e-0c7d4f8c1f11',
    channel: 'log',
    whom: 'team',
    notice,
    eventId: '01912d68-783e-7a2f-8d3b-6b1f6f0c9a11',
    position: '00000000000000000100-00000000000000000100',
    state: 'waiting',
    attempts: 0,
    nextAttemptAt: '2026-03-02T14:00:01.000Z',
    createdAt: '2026-03-02T14:00:01.000Z',
    settledAt: null,
    lastFailure: null,
    ...about,
  };
}

export function escalated(notify: readonly string[], about: Partial<EscalatedEvent> = {}): EscalatedEvent {
  const { cycle, level, at, reachedAt, dueAt, policyVersion, lateBySeconds } = notice;
  const eventId = '01912d68-783e-7a2f-8d3b-6b1f6f0c9a11';
  return {
    type: 'ComplaintEscalated',
    data: { cycle, level, at, reachedAt, dueAt, policyVersion, lateBySeconds, notify },
    streamId: `complaint-${notice.complaintId}`,
    revision: 3,
    position: '00000000000000000100-00000000000000000100',
    eventId,
    recordedAt: '2026-03-02T14:00:01.000Z',
    metadata: {
      schemaVersion: 1,
      occurredAt: '2026-03-02T14:00:01.000Z',
      actor: { sub: 'system', name: 'System', role: 'system' },
      commandId: eventId,
      $correlationId: eventId,
      $causationId: eventId,
      hash: eventId,
      previousHash: null,
    },
    ...about,
  };
}
