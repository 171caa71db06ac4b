import { DateTime } from 'luxon';
import { z } from 'zod';
import { byDataKey, dataKey } from '../../_kit/config/data-keys.js';
import { fieldName, text } from '../../_kit/config/options.js';
import { isTimeZone } from '../../_kit/dates/time-zone.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { followRoute, routeOptions, routeUrl } from '../../_kit/routing/follow-route.js';
import type { RunContext } from '../../_kit/run-context.js';
import { toRunFailure } from '../../_kit/run-failure.js';
import { fieldText } from '../../_kit/text/field-text.js';

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const KNOWN_DAYS: ReadonlySet<string> = new Set(DAYS.map(dataKey));

const config = z.object({
  day_routes: z
    .record(z.string(), routeUrl('URL of the day'))
    .refine((routes) => Object.keys(routes).length > 0, { error: 'Needs at least one day', params: { missing: true } })
    .refine((routes) => Object.keys(routes).every((day) => KNOWN_DAYS.has(dataKey(day))), {
      error: `Days are ${DAYS.join(', ')}`,
    })
    .meta({ description: 'English day names, in any letter case, and the URL of each' }),
  timezone: text('IANA zone in which the day is looked at').default('UTC'),
  timezone_field: fieldName("Contact field with the contact's own zone, which then wins").optional(),
  ...routeOptions,
});

/** The contact's own zone where it is known; a field that cannot be read is no reason to keep a visitor waiting. */
async function zoneOf(context: RunContext<z.output<typeof config>>): Promise<string> {
  const { timezone, timezone_field: field } = context.config;
  if (field !== undefined && context.connected && context.identity.contactId !== undefined) {
    try {
      const own = fieldText(await context.crm.readField(field)).trim();
      if (isTimeZone(own)) return own;
    } catch (error) {
      context.warn(`The contact's time zone could not be read: ${toRunFailure(error).message}`);
    }
  }
  if (!isTimeZone(timezone)) {
    throw new HelperFailure('unknown_timezone', 'give_up', `There is no time zone "${timezone}".`);
  }
  return timezone;
}

export const routeItByDay = defineHelper({
  type: 'route_it_by_day',
  category: 'automation',
  title: 'Route It By Day',
  summary: 'Chooses a URL by the day of the week.',
  rules: [
    "The day is that of the current instant in the contact's zone, when a field holds one, else in the configured zone.",
    'A day without a URL takes the fallback; without a fallback the run fails with `no_route`.',
    'An unknown zone fails the run with `unknown_timezone`.',
    'The URL is saved first, then the tag applied. Neither can fail the run; without a connection both are left out.',
  ],
  requiresCrm: false,
  requiresContact: false,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable', applyTag: 'repeatable' },
  config,

  async run(context) {
    const now = DateTime.fromJSDate(context.clock.now(), { zone: await zoneOf(context) });
    const day = now.setLocale('en-US').toFormat('cccc');
    const route = byDataKey(context.config.day_routes, day) ?? '';
    const url = route === '' ? (context.config.fallback_url ?? '') : route;
    if (url === '') throw new HelperFailure('no_route', 'give_up', `There is no route for ${day}.`);
    return {
      success: true,
      modifiedData: {
        redirect_url: url,
        routing_reason: route === '' ? 'fallback' : `day_of_week=${day}`,
        day_of_week: day,
        routed_at: now.toISO({ suppressMilliseconds: true }),
      },
      actions: await followRoute(context, url),
    };
  },
});
