import { z } from 'zod';
import { fieldName } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { addressOptions, checkAddressSource, withAddressSource } from '../../_kit/routing/address-source.js';
import { followRoute, linkOption, routeOrFail, routeUrl } from '../../_kit/routing/follow-route.js';
import { countryRoute, locateVisitor } from '../../_kit/routing/geo-route.js';

export const ipRedirects = defineHelper({
  type: 'ip_redirects',
  category: 'automation',
  title: 'IP Redirects',
  summary: 'Chooses a redirect URL by the country of an IP address.',
  rules: [
    'The address is that of the request, else of the contact field, else the configured one.',
    'A country (ISO code in any letter case) without a URL takes the default URL; without one the run fails with `no_route`.',
    'When the location cannot be found, the default URL is taken and nothing is written; without one the run fails with `lookup_failed`. Private addresses are never looked up.',
    'Saving the URL cannot fail the run; without a connection it is left out.',
  ],
  requiresCrm: false,
  requiresContact: false,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  reshape: withAddressSource,
  config: z
    .object({
      ...addressOptions,
      country_urls: z
        .record(z.string(), routeUrl('URL'))
        .meta({ description: 'ISO country codes, and the URL of each' })
        .default({}),
      default_url: routeUrl('URL when no country fits').optional(),
      save_redirect_to: fieldName('Contact field for the URL').optional(),
      ...linkOption,
    })
    .superRefine(checkAddressSource),

  async run(context) {
    const { country_urls: urls, default_url: fallback, save_redirect_to: field, save_link_to: link } = context.config;
    const { address, location } = await locateVisitor(context, fallback);
    if (location === null) {
      const url = routeOrFail(undefined, fallback, 'this address');
      const modifiedData = { redirect_url: url, ip_address: address, reason: 'geolocation_failed' };
      return { success: true, modifiedData };
    }
    const { country, countryCode } = location;
    const route = countryRoute(urls, location);
    const url = routeOrFail(route, fallback, country);
    const config = { save_to_field: field, save_link_to: link };
    return followRoute(
      { ...context, config },
      url,
      {
        ip_address: address,
        country,
        country_code: countryCode,
        match_reason: route === undefined ? 'default' : `country_match:${countryCode}`,
      },
      { reportsSaving: true, action: { type: 'redirect_determined', target: countryCode } },
    );
  },
});
