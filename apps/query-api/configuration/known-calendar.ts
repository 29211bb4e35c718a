import { calendar, DEFAULT_CALENDAR, type ConfigurationModel } from '#libs/configuration-model/index.js';
import { isTimeZone, type BusinessCalendar } from '#libs/service-time/index.js';
import { wrongParameter } from '../edge/query-problems.js';

/**
 * The newest version of a calendar. Whoever writes to the log past this product can define one of a zone that does not
 * exist, and nothing can be counted by it.
 * @throws ProblemError
 */
export function knownCalendar(code: string, configuration: ConfigurationModel): BusinessCalendar {
  const definition = configuration.calendars.newest.get(code);
  if (definition !== undefined && !isTimeZone(definition.timeZone)) {
    throw wrongParameter(
      '/calendar',
      'This calendar names a time zone that is not known here; publish a mended version of it.',
    );
  }
  const known = calendar(configuration, code);
  if (known === undefined) throw wrongParameter('/calendar', 'There is no calendar with this code.');
  return known;
}

/** Where days, weeks and months begin if no calendar is named. */
export function defaultZone({ calendars }: ConfigurationModel): string {
  const zone = calendars.newest.get(DEFAULT_CALENDAR)?.timeZone;
  return zone !== undefined && isTimeZone(zone) ? zone : 'UTC';
}
