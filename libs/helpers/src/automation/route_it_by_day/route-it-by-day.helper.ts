import { z } from 'zod';
import { byDataKey, dataKey } from '../../_kit/config/data-keys.js';
import { WEEKDAYS } from '../../_kit/dates/weekdays.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { followRoute, routeMap, routeOptions, routeOrFail } from '../../_kit/routing/follow-route.js';
import { instantText, nowInRouteZone, zoneOptions } from '../../_kit/routing/route-zone.js';

const KNOWN_DAYS: ReadonlySet<string> = new Set(WEEKDAYS.map(dataKey));

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
  config: z.object({
    day_routes: routeMap('English day names, in any letter case, and the URL of each').refine(
      (routes) => Object.keys(routes).every((day) => KNOWN_DAYS.has(dataKey(day))),
      { error: `Days are ${WEEKDAYS.join(', ')}` },
    ),
    ...zoneOptions,
    ...routeOptions,
  }),

  async run(context) {
    const now = await nowInRouteZone(context);
    const day = WEEKDAYS[now.weekday - 1] ?? '';
    const route = byDataKey(context.config.day_routes, day) ?? '';
    const url = routeOrFail(route, context.config.fallback_url, day);
    return followRoute(context, url, {
      routing_reason: route === '' ? 'fallback' : `day_of_week=${day}`,
      day_of_week: day,
      routed_at: instantText(now),
    });
  },
});
