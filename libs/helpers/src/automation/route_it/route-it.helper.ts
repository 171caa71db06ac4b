import { DateTime } from 'luxon';
import { z } from 'zod';
import { text } from '../../_kit/config/options.js';
import { renameInList } from '../../_kit/config/rename-in-list.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { followRoute, requiredUrl, routeOptions, routeOrFail } from '../../_kit/routing/follow-route.js';
import { routeCondition, routeConditionHolds } from '../../_kit/routing/route-condition.js';
import { instantText } from '../../_kit/routing/route-zone.js';
import type { RunContext } from '../../_kit/run-context.js';

const config = z.object({
  routes: z
    .array(
      z.object({
        label: text('Name of the route').optional(),
        redirectUrl: requiredUrl('URL'),
        conditions: z
          .array(routeCondition)
          .meta({ description: 'All of them must hold: {field, operator, value} or {tag, has}; none: always' })
          .default([]),
      }),
    )
    .min(1)
    .meta({ description: 'Routes in order; the first whose conditions hold is taken' }),
  ...routeOptions,
});
type Config = z.output<typeof config>;

async function allHold({ crm }: RunContext<Config>, { conditions }: Config['routes'][number]): Promise<boolean> {
  for (const condition of conditions) if (!(await routeConditionHolds(crm, condition))) return false;
  return true;
}

async function firstThatHolds(context: RunContext<Config>): Promise<number> {
  for (const [index, route] of context.config.routes.entries()) if (await allHold(context, route)) return index;
  return -1;
}

export const routeIt = defineHelper({
  type: 'route_it',
  category: 'automation',
  title: 'Route It',
  summary: 'Chooses one of several URLs for the contact.',
  rules: [
    'The first route all of whose conditions hold is taken; a route without conditions always is.',
    'A condition looks at a field (`equals`, `not_equals`, `contains`, `not_contains`, `exists`, `not_exists` as text, letter case counts; `gt`, `gte`, `lt`, `lte` as numbers) or at a tag.',
    'When no route fits, the fallback is taken; without a fallback the run fails with `no_route`.',
    'A field that cannot be read fails the run, and nothing is written.',
    'The URL is saved first, then the tag applied. Neither can fail the run; without a connection both are left out.',
  ],
  requiresCrm: false,
  requiresContact: false,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable', applyTag: 'repeatable' },
  reshape: (given) => ({ ...given, routes: renameInList(given['routes'], 'redirect_url', 'redirectUrl') }),
  config,

  async run(context) {
    const { routes, fallback_url: fallback } = context.config;
    const index = await firstThatHolds(context);
    const route = routes[index];
    const url = routeOrFail(route?.redirectUrl, fallback, 'this contact');
    const reason = route?.label === undefined ? `route_index=${index}` : `route_matched=${route.label}`;
    return followRoute(context, url, {
      routing_reason: route === undefined ? 'fallback' : reason,
      matched_label: route?.label ?? '',
      routed_at: instantText(DateTime.fromJSDate(context.clock.now(), { zone: 'utc' })),
    });
  },
});
