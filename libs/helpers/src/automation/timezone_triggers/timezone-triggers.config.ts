import { z } from 'zod';
import { fieldName, text } from '../../_kit/config/options.js';
import { GOAL_INTEGRATION } from '../../_kit/crm/contact-crm.js';
import { isTimeZone } from '../../_kit/dates/time-zone.js';
import { weekdayNumber } from '../../_kit/dates/weekdays.js';
import { readTime } from './due-instant.js';

export const timezoneTriggersConfig = z.object({
  day: text('English name of the weekday').refine((day) => weekdayNumber(day) !== null, {
    error: 'Must be an English day name, such as Monday',
  }),
  time: text('Time of day, such as 9:00 AM or 14:00').refine((time) => readTime(time) !== null, {
    error: 'Must be a time such as 9:00 AM or 14:00',
  }),
  trigger_goal: text('Call name of the goal to achieve at the moment').optional(),
  failed_goal: text('Call name of the goal when there is no address').optional(),
  integration: text('Integration name of the goals').default(GOAL_INTEGRATION),
  time_zone_field: fieldName("Contact field with the contact's zone; it wins over the address").optional(),
  fallback_timezone: text("IANA zone when that of the contact cannot be found; the account's own when left out")
    .refine(isTimeZone, { error: 'Must be an IANA time zone, such as America/New_York' })
    .optional(),
  save_time_zone: fieldName('Contact field for the zone').optional(),
  save_lat_lng: fieldName("Contact field for 'lat,lng', when the address was found on the map").optional(),
  save_time_zone_offset: fieldName('Contact field for the offset from UTC in hours at the moment').optional(),
});
export type TimezoneTriggersConfig = z.output<typeof timezoneTriggersConfig>;

/** What the form sends for "no field chosen". */
const UNSET = 'no_select';

export const withoutUnset = (given: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== UNSET));
