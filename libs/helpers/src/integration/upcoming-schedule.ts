import { DateTime } from 'luxon';
import { isTimeZone } from '../_kit/dates/time-zone.js';
import type { WebinarSchedule } from '../_services/webinar-jam/webinar-jam-client.js';

/**
 * The first schedule that is not over. Texts such as "Every day, 10:00" name no date and are never over.
 * @param timezone of the webinar; UTC when it is no known zone
 */
export function upcomingSchedule(
  schedules: readonly WebinarSchedule[],
  timezone: string,
  now: Date,
): WebinarSchedule | undefined {
  const zone = isTimeZone(timezone) ? timezone : 'UTC';
  return schedules.find(({ schedule, date }) => {
    if (schedule === '') return false;
    const start = DateTime.fromSQL(date, { zone });
    return !start.isValid || start.toJSDate() >= now;
  });
}
