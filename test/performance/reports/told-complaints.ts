import { v7 as uuidV7 } from 'uuid';
import { complaintStream, type ComplaintEvent } from '#libs/event-contracts/index.js';
import type { EventStore } from '#libs/event-store/index.js';
import { reception } from '#libs/testing/recorded-events.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const AT_ONCE = 256;
const SEALED =
  'sealed:1:0190c5d2-7a11-7c3e-9a54-5d3a5b1f0c21:J1kUAuuS0FT2z2NHvK-IIIe273LlmpSBgQ-3m7ukHkU_J1kUAuuS0FT2z2NH';

interface Happening {
  readonly event: ComplaintEvent;
  readonly at: number;
}

/**
 * Complaints received one after the other over a period, each written by one append: one in seven stays open, the others
 * are resolved in one hour up to nine days, so in time or late; of these four in five are confirmed and closed, and half
 * of the closed are surveyed.
 * @returns how many events were written
 */
export async function tellComplaints(
  log: EventStore,
  count: number,
  from: number,
  to: number,
  random: () => number,
): Promise<number> {
  return await tellLives(log, count, (id, number) => {
    const receivedAt = from + Math.floor(((to - from) * number) / (count + 1));
    return lifeOf(id, number, receivedAt, random);
  });
}

/** Complaints about one node that were received at one moment and have waited since. */
export async function tellOpenComplaints(
  log: EventStore,
  count: number,
  callTree: string,
  at: number,
): Promise<void> {
  const receivedAt = new Date(at).toISOString();
  await tellLives(log, count, (complaintId, number) => {
    return [{ event: reception({ ...personal(number), complaintId, receivedAt, callTree }), at }];
  });
}

/** @returns how many events were written */
async function tellLives(
  log: EventStore,
  count: number,
  tellOne: (id: string, number: number) => readonly Happening[],
): Promise<number> {
  let begun = 0;
  let events = 0;
  const teller = async (): Promise<void> => {
    while (begun < count) {
      begun += 1;
      const id = uuidV7();
      const life = tellOne(id, begun);
      events += life.length;
      await log.append(complaintStream(id), 'no-stream', life.map(envelope));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, teller));
  return events;
}

function lifeOf(complaintId: string, number: number, receivedAt: number, random: () => number): Happening[] {
  const received = reception({
    ...personal(number),
    complaintId,
    receivedAt: new Date(receivedAt).toISOString(),
    channel: random() < 0.7 ? 'phone' : 'email',
    property: { project: random() < 0.5 ? 'Bahçekent' : 'Kuzeykent', block: SEALED, unit: SEALED },
  });
  const team = random() < 0.5 ? 'plumbing' : 'electric';
  const life: Happening[] = [
    { event: received, at: receivedAt + Math.floor(random() * 20) * MINUTE },
    { event: { type: 'ComplaintRouted', data: { team } }, at: receivedAt + 30 * MINUTE },
  ];
  if (random() < 1 / 7) return life;
  const resolvedAt = receivedAt + HOUR + Math.floor(random() ** 2 * 9 * 24) * HOUR;
  const data = { outcome: 'fixed', explanation: SEALED, onTheSpot: false } as const;
  life.push({ event: { type: 'ComplaintResolved', data }, at: resolvedAt });
  if (random() < 0.2) return life;
  life.push(
    { event: { type: 'ResolutionConfirmed', data: {} }, at: resolvedAt + HOUR },
    { event: { type: 'ComplaintClosed', data: {} }, at: resolvedAt + 2 * HOUR },
  );
  if (random() < 0.5) {
    const scores = { solution: 5, technique: 4, attention: 5, quality: 4, duration: null } as const;
    const surveyed = { scores, overall: 4, questionnaireVersion: '1' } as const;
    life.push({ event: { type: 'SatisfactionSurveyed', data: surveyed }, at: resolvedAt + 24 * HOUR });
  }
  return life;
}

function personal(number: number) {
  return {
    reference: `SK-2026-${String(number).padStart(6, '0')}`,
    customer: { ref: `M-${number}`, kind: 'owner', name: SEALED, phone: SEALED },
    property: { project: 'Bahçekent', block: SEALED, unit: SEALED },
    subject: SEALED,
    description: SEALED,
  } as const;
}

function envelope({ event, at }: Happening) {
  const eventId = uuidV7();
  return {
    type: event.type,
    data: event.data,
    eventId,
    context: {
      occurredAt: new Date(at).toISOString(),
      actor: { sub: 'ayse', name: 'Ayşe', role: 'agent' },
      commandId: eventId,
      $correlationId: eventId,
      $causationId: eventId,
    },
  } as const;
}
