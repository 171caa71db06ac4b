import type { DateTime } from 'luxon';
import { z } from 'zod';
import { text } from '../../_kit/config/options.js';
import { isTimeZone } from '../../_kit/dates/time-zone.js';
import { weekdayNumber } from '../../_kit/dates/weekdays.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { followRoute, requiredUrl, routeOptions, routeOrFail } from '../../_kit/routing/follow-route.js';
import { instantText, nowInRouteZone, zoneOptions } from '../../_kit/routing/route-zone.js';
import { isWithin, minuteOfDay } from './time-range.js';

const timeOfDay = (description: string) =>
  z
    .string()
    .refine((time) => minuteOfDay(time) !== null, { error: 'Must be a time from 0:00 to 23:59, such as 09:30' })
    .meta({ description });

const range = z.object({
  start_time: timeOfDay('First minute, such as 09:00'),
  end_time: timeOfDay('Last minute; before the start: on the next day'),
  url: requiredUrl('URL'),
  label: text('Name of the range').optional(),
  days: z
    .array(z.string().refine((day) => weekdayNumber(day) !== null, { error: 'Must be an English day name' }))
    .meta({ description: 'English names of the days on which the range begins; none: every day' })
    .default([]),
});
type Range = z.output<typeof range>;

const fits = ({ start_time: start, end_time: end, days }: Range, at: DateTime): boolean =>
  isWithin(
    { start: minuteOfDay(start) ?? 0, end: minuteOfDay(end) ?? 0, days: days.map((day) => weekdayNumber(day) ?? 0) },
    at,
  );

function reasonOf({ label, start_time: start, end_time: end }: Range): string {
  return label === undefined ? `time_range=${start}-${end}` : `time_range=${label} (${start}-${end})`;
}

export const routeItByTime = defineHelper({
  type: 'route_it_by_time',
  category: 'automation',
  title: 'Route It By Time',
  summary: 'Chooses a URL by the time of day.',
  rules: [
    "The time is the current minute in the contact's zone, when a field holds one, else in the configured zone. First and last minute belong to a range.",
    'An end before the start means over midnight; then the days of a range are those on which it begins.',
    'The first range that fits is taken, else the fallback; without a fallback the run fails with `no_route`.',
    'The URL is saved first, then the tag applied. Neither can fail the run; without a connection both are left out.',
  ],
  requiresCrm: false,
  requiresContact: false,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable', applyTag: 'repeatable' },
  config: z.object({
    time_routes: z.array(range).min(1).meta({ description: 'Ranges in order; the first that fits is taken' }),
    ...zoneOptions,
    timezone: text('IANA zone in which the time is looked at')
      .refine(isTimeZone, { error: 'Must be an IANA time zone, such as America/New_York' })
      .default('UTC'),
    ...routeOptions,
  }),

  async run(context) {
    const now = await nowInRouteZone(context);
    const time = now.toFormat('HH:mm');
    const found = context.config.time_routes.find((each) => fits(each, now));
    const url = routeOrFail(found?.url, context.config.fallback_url, time);
    return followRoute(context, url, {
      routing_reason: found === undefined ? 'fallback' : reasonOf(found),
      current_time: time,
      timezone: now.zoneName ?? context.config.timezone,
      routed_at: instantText(now),
    });
  },
});
