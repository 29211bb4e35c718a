import type { ComplaintEvent, RecordedEvent } from '#libs/event-contracts/index.js';
import type { EventStore, LogMessage } from '#libs/event-store/index.js';
import { Skips } from '#libs/projection-engine/index.js';
import {
  calendarDefined,
  EventsInOrder,
  nodeDefined,
  policyPublished,
  reception,
} from '#libs/testing/recorded-events.js';
import { slaFacts } from '#projections/sla-facts/index.js';
import { configurationAsOf, pastFold } from './past-log.js';

const day = (number: number): string => `2026-03-0${number}T10:00:00.000Z`;
const withdrawn: ComplaintEvent = { type: 'ComplaintWithdrawn', data: { reason: 'sealed:reason' } };

function deliver(event: RecordedEvent, unreadable: string | undefined): LogMessage {
  if (event.position !== unreadable) return { kind: 'event', event };
  return { kind: 'undecodable', event: { ...event, reason: 'a version of tomorrow' } };
}

/** A log in memory that notes how often it was read. */
function logOf(events: readonly RecordedEvent[], unreadable?: string) {
  let reads = 0;
  const readLog = async function* ({
    prefixes,
  }: {
    prefixes: readonly string[];
  }): AsyncGenerator<LogMessage> {
    reads += 1;
    for (const event of events) {
      await Promise.resolve();
      if (prefixes.some((prefix) => event.streamId.startsWith(prefix))) yield deliver(event, unreadable);
    }
  };
  return { eventStore: { readLog } as unknown as EventStore, reads: () => reads };
}

function history(): RecordedEvent[] {
  const order = new EventsInOrder();
  return [
    order.configuration(nodeDefined('defects'), day(1)),
    order.configuration(nodeDefined('defects-plumbing', 'defects'), day(1)),
    order.configuration(calendarDefined(), day(1)),
    order.configuration(policyPublished(), day(1)),
    order.complaint('c-00000001', reception({ reference: 'first', receivedAt: day(2) }), day(2)),
    order.complaint('c-00000002', reception({ reference: 'second', receivedAt: day(2) }), day(3)),
    order.configuration(calendarDefined({ exceptions: [{ date: '2026-03-03', hours: [] }] }), day(4)),
    order.complaint('c-00000001', withdrawn, day(5)),
  ];
}

async function factsAsOf(
  asOf: string,
  mostDocuments?: number,
  skips = new Skips(),
  unreadable?: RecordedEvent,
) {
  const log = logOf(history(), unreadable?.position);
  const fold = pastFold(log.eventStore, slaFacts, asOf, skips, 2, mostDocuments);
  const facts = [];
  for await (const { reference, status, due } of fold.documents()) facts.push([reference, status, due]);
  return { facts: facts.sort(), position: fold.position, reads: log.reads() };
}

describe('A read model of a past moment', () => {
  it('holds what had been recorded by then, to the millisecond', async () => {
    expect((await factsAsOf('2026-03-03T09:59:59.999Z')).facts).toHaveLength(1);
    expect((await factsAsOf(day(3))).facts).toEqual([
      ['first', 'received', '2026-03-03T10:00:00.000Z'],
      ['second', 'received', '2026-03-03T10:00:00.000Z'],
    ]);
  });

  it('follows changes of the configuration as the live one does', async () => {
    const { facts, position } = await factsAsOf(day(6));
    expect(facts).toEqual([
      ['first', 'withdrawn', null],
      ['second', 'received', '2026-03-04T10:00:00.000Z'],
    ]);
    expect(position).toBe(history().at(-1)?.position);
  });

  it('is the same however many passes over the log it takes', async () => {
    const { facts, position, reads } = await factsAsOf(day(6), 1);
    expect(reads).toBe(2);
    const { facts: inOnePass, position: itsPosition } = await factsAsOf(day(6));
    expect([facts, position]).toEqual([inOnePass, itsPosition]);
  });

  it('stays at an event that cannot be read, and passes over it once that was decided', async () => {
    const withdrawal = history().at(-1)!;
    const first = async (skips?: Skips, unreadable?: RecordedEvent) =>
      (await factsAsOf(day(6), undefined, skips, unreadable)).facts.find(
        ([reference]) => reference === 'first',
      );
    expect((await first())?.[1]).toBe('withdrawn');
    const parked = await first(undefined, withdrawal);
    // Parked before the withdrawal, though after the change of the calendar.
    expect(parked).toEqual(['first', 'received', '2026-03-04T10:00:00.000Z']);
    const reception = history().find(({ streamId }) => streamId.includes('c-00000001'))!;
    expect(await first(undefined, reception)).toBeUndefined();

    const skips = new Skips();
    skips.add({ complaintId: 'c-00000001', position: withdrawal.position });
    expect(await first(skips)).toEqual(parked);
  });

  it('has the configuration of that moment beside it', async () => {
    const { eventStore } = logOf(history());
    expect((await configurationAsOf(eventStore, day(3))).calendars.history.get('default')).toHaveLength(1);
    expect((await configurationAsOf(eventStore, day(4))).calendars.history.get('default')).toHaveLength(2);
  });
});
