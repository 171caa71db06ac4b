import { z } from 'zod';
import { fieldName } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { addressOptions, checkAddressSource, withAddressSource } from '../../_kit/routing/address-source.js';
import { followRoute, routeOptions, routeOrFail, routeUrl } from '../../_kit/routing/follow-route.js';
import { countryRoute, locateVisitor, locationText, regionRoute } from '../../_kit/routing/geo-route.js';

const routes = (description: string) => z.record(z.string(), routeUrl('URL')).meta({ description });

export const routeItGeo = defineHelper({
  type: 'route_it_geo',
  category: 'automation',
  title: 'Route It - Geographic',
  summary: 'Chooses a URL by the country or region of an IP address.',
  rules: [
    'The address is that of the request, else of the contact field, else the configured one.',
    'A region (full name; `US:California` for one country only) wins over a country (ISO code in any letter case), both over the fallback; without one the run fails with `no_route`.',
    'When the location cannot be found, the fallback is taken and nothing is written; without a fallback the run fails with `lookup_failed`. Private addresses are never looked up.',
    'The location is saved first, then the URL, then the tag applied. None can fail the run; without a connection all are left out.',
  ],
  requiresCrm: false,
  requiresContact: false,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable', applyTag: 'repeatable' },
  reshape: withAddressSource,
  config: z
    .object({
      ...addressOptions,
      country_routes: routes('ISO country codes, and the URL of each').default({}),
      region_routes: routes('Full names of regions, and the URL of each').default({}),
      save_location_to: fieldName("Contact field for 'City, Region, Country'").optional(),
      ...routeOptions,
    })
    .superRefine(checkAddressSource),

  async run(context) {
    const { config } = context;
    const { location } = await locateVisitor(context, config.fallback_url);
    if (location === null) {
      const url = routeOrFail(undefined, config.fallback_url, 'this address');
      return { success: true, modifiedData: { redirect_url: url, routing_reason: 'geolocation_failed' } };
    }
    const { countryCode, country, region, city } = location;
    const ofRegion = regionRoute(config.region_routes, location);
    const ofCountry = countryRoute(config.country_routes, location);
    const url = routeOrFail(ofRegion ?? ofCountry, config.fallback_url, `${country} and ${region}`);
    const byCountry = ofCountry === undefined ? 'fallback' : `country_match:${countryCode}`;
    const text = locationText(location);
    const { save_location_to: field } = config;
    return followRoute(
      context,
      url,
      {
        routing_reason: ofRegion === undefined ? byCountry : `region_match:${region}`,
        country,
        country_code: countryCode,
        region,
        city,
        location: text,
      },
      {
        reportsSaving: true,
        action: { type: 'contact_routed', target: countryCode.toLowerCase() },
        ...(field === undefined || text === '' ? {} : { saveFirst: [field, text] }),
      },
    );
  },
});
