import { DateTime } from 'luxon';
import { z } from 'zod';
import { byExactKey } from '../../_kit/config/data-keys.js';
import { fieldName, flag } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { followRoute, routeMap, routeOptions, routeOrFail } from '../../_kit/routing/follow-route.js';
import { instantText } from '../../_kit/routing/route-zone.js';
import { fieldText } from '../../_kit/text/field-text.js';

const config = z.object({
  field_name: fieldName('Contact field to look at'),
  value_routes: routeMap('Values of the field, and the URL of each'),
  case_sensitive: flag('Letter case counts').default(true),
  trim: flag('Leave out spaces around the value').default(false),
  ...routeOptions,
});

function routeOf({ value_routes: routes, case_sensitive: exact, trim }: z.output<typeof config>, text: string) {
  const value = trim ? text.trim() : text;
  const found = byExactKey(routes, value);
  if (found !== undefined || exact) return found;
  const folded = value.toLowerCase();
  return Object.entries(routes).find(([key]) => key.toLowerCase() === folded)?.[1];
}

export const routeItByCustom = defineHelper({
  type: 'route_it_by_custom',
  category: 'automation',
  title: 'Route It By Custom Field',
  summary: 'Chooses a URL by the exact value of a contact field.',
  rules: [
    'The value as text (numbers in plain digits, booleans `true` and `false`) is looked up exactly, unless letter case or outer spaces are told not to count. The empty value may have a route.',
    'A value without a URL takes the fallback; without a fallback the run fails with `no_route`.',
    'A field that cannot be read fails the run, and nothing is written.',
    'The URL is saved first, then the tag applied. Neither can fail the run.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable', applyTag: 'repeatable' },
  config,

  async run(context) {
    const { field_name: field, fallback_url: fallback } = context.config;
    const value = fieldText(await context.crm.readField(field));
    const route = routeOf(context.config, value) ?? '';
    const url = routeOrFail(route, fallback, `the value of ${field}`);
    return followRoute(context, url, {
      routing_reason: route === '' ? 'fallback' : `field_${field}=${value}`,
      field_name: field,
      field_value: value,
      routed_at: instantText(DateTime.fromJSDate(context.clock.now(), { zone: 'utc' })),
    });
  },
});
