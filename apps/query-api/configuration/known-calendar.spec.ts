import { EMPTY_CONFIGURATION, evolveConfiguration } from '#libs/configuration-model/index.js';
import { calendarDefined, EventsInOrder } from '#libs/testing/recorded-events.js';
import { defaultZone, knownCalendar } from './known-calendar.js';

const order = new EventsInOrder();
const configured = (code: string, timeZone: string) =>
  evolveConfiguration(
    EMPTY_CONFIGURATION,
    order.configuration(calendarDefined({ code, timeZone }), '2026-01-01T00:00:00.000Z'),
  );

describe('A calendar by its code', () => {
  it('is the newest version', () => {
    expect(knownCalendar('office', configured('office', 'Europe/Berlin')).timeZone).toBe('Europe/Berlin');
  });

  it.each([
    ['nobody defined', 'other', 'Europe/Berlin'],
    ['somebody wrote into the log with a zone that there is not', 'office', 'Mars/Olympus_Mons'],
  ])('that %s is refused, with a pointer', (_, code, timeZone) => {
    const refused = (): unknown => knownCalendar(code, configured('office', timeZone));
    expect(refused).toThrow(
      expect.objectContaining({
        options: expect.objectContaining({
          errors: [expect.objectContaining({ pointer: '/calendar' })],
        }) as unknown,
      }),
    );
  });
});

describe('The zone in which days begin', () => {
  it.each([
    ['of the default calendar', 'default', 'Europe/Istanbul', 'Europe/Istanbul'],
    ['UTC where there is no such calendar', 'office', 'Europe/Istanbul', 'UTC'],
    ['UTC where its zone is none', 'default', 'Mars/Olympus_Mons', 'UTC'],
  ])('is that %s', (_, code, timeZone, expected) => {
    expect(defaultZone(configured(code, timeZone))).toBe(expected);
  });
});
