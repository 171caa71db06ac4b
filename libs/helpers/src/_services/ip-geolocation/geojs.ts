import { z } from 'zod';
import type { LookupProvider } from './ip-location.js';

/** Numbers arrive as text; an unknown one as `nil`. */
const coordinate = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => {
    const number = value === null || value === undefined || value === '' ? Number.NaN : Number(value);
    return Number.isFinite(number) ? number : null;
  });

const Answer = z.object({
  country: z.string().default(''),
  country_code: z.string().default(''),
  region: z.string().default(''),
  city: z.string().default(''),
  latitude: coordinate,
  longitude: coordinate,
  timezone: z.string().default(''),
  organization_name: z.string().default(''),
});

/** GeoJS: https://www.geojs.io/docs/v1/endpoints/geo/. Needs no key. */
export const geoJs: LookupProvider = {
  url: (address) => `https://get.geojs.io/v1/ip/geo/${address}.json`,
  read(text) {
    const answer = Answer.parse(JSON.parse(text));
    if (answer.country_code === '') return null;
    const { country, country_code: code, region, city, latitude, longitude, timezone, organization_name: isp } = answer;
    return { country, countryCode: code.toUpperCase(), region, city, zip: '', latitude, longitude, timezone, isp };
  },
};
