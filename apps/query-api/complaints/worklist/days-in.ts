import { instant, nextDayIn, toIso } from '#libs/service-time/index.js';
import type { QueryApiParts } from '../../query-api.tokens.js';
import { defaultZone } from '../../configuration/known-calendar.js';
import { daysOf, type Days } from './urgency.js';

/** Today ends at midnight in the zone of the default calendar. */
export function daysIn({ configuration, now }: Pick<QueryApiParts, 'configuration' | 'now'>): Days {
  const timeZone = defaultZone(configuration.current);
  const moment = instant(now().getTime());
  return daysOf(toIso(moment), toIso(nextDayIn(timeZone, moment)));
}
