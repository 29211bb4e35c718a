import type { EventStore, LogMessage } from '#libs/event-store/index.js';
import { calendarDefined, EventsInOrder } from '#libs/testing/recorded-events.js';
import { configurationAsOf } from './configuration-as-of.js';

const day = (number: number): string => `2026-03-0${number}T10:00:00.000Z`;

/** Only what the question asks of a log. */
function logOf(messages: readonly LogMessage[]): EventStore {
  const readLog = async function* () {
    for (const message of messages) yield await Promise.resolve(message);
  };
  return { readLog } as unknown as EventStore;
}

describe('The configuration of a past moment', () => {
  it('is what had been recorded by then, to the millisecond', async () => {
    const order = new EventsInOrder();
    const events = [
      order.configuration(calendarDefined(), day(1)),
      order.configuration(calendarDefined({ exceptions: [{ date: '2026-03-03', hours: [] }] }), day(4)),
    ];
    const log = logOf(events.map((event) => ({ kind: 'event', event })));
    const versionsBy = async (asOf: string) =>
      (await configurationAsOf(log, asOf)).calendars.history.get('default')?.length;
    expect(await versionsBy(day(1))).toBe(1);
    expect(await versionsBy('2026-03-04T09:59:59.999Z')).toBe(1);
    expect(await versionsBy(day(4))).toBe(2);
    expect(await versionsBy('2026-03-01T09:59:59.999Z')).toBeUndefined();
  });
});
