/**
 * Apart from the rest of the library: `date-holidays` takes most of a second to load, and only who publishes or
 * previews a calendar needs it. Everyone else reads the dated records out of the calendar's event.
 */
export * from './expand-holidays.js';
export { knowsHolidaysOf, type HolidayPlace } from './holiday-place.js';
