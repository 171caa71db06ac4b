import { z } from 'zod';
import { choice, fieldName, flag, text } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { followRoute, routeMap, routeOptions, routeOrFail } from '../../_kit/routing/follow-route.js';
import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { MATCH_MODES, matchSource } from './match-source.js';

const config = z.object({
  source_field: fieldName('Contact field with the source').default('LeadSource'),
  query_parameter: text(
    "Query parameter of the request, such as utm_source, that names the current visit's source and then wins",
  ).optional(),
  source_routes: routeMap('Sources, and the URL of each'),
  match_mode: choice(MATCH_MODES, 'Whether the source is, contains or begins with the key').default('exact'),
  case_sensitive: flag('Letter case counts').default(false),
  ...routeOptions,
});

async function sourceOf({ config: options, crm, query }: RunContext<z.output<typeof config>>): Promise<string> {
  const { query_parameter: parameter, source_field: field } = options;
  const visit = parameter === undefined || !Object.hasOwn(query, parameter) ? '' : (query[parameter] ?? '').trim();
  return visit === '' ? fieldText(await crm.readField(field)).trim() : visit;
}

export const routeItSource = defineHelper({
  type: 'route_it_source',
  category: 'automation',
  title: 'Route It - Source',
  summary: 'Chooses a URL by the traffic source stored on the contact.',
  rules: [
    'Of several keys that fit, the longest wins, then the first by letters. The empty key fits an empty source only. Outer spaces of the source do not count.',
    'When no key fits, the fallback is taken; without a fallback the run fails with `no_route`.',
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
    const { source_routes: routes, match_mode: mode, case_sensitive: caseSensitive } = context.config;
    const source = await sourceOf(context);
    const found = matchSource(routes, source, { mode, caseSensitive });
    const url = routeOrFail(found?.url, context.config.fallback_url, 'this source');
    const data = {
      routing_reason: found === null ? 'fallback' : `source_match:${found.key} (mode:${mode})`,
      source,
      matched_source: found?.key ?? '',
      match_mode: mode,
      case_sensitive: caseSensitive,
    };
    return followRoute(context, url, data, { reportsSaving: true });
  },
});
