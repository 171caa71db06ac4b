import { z } from 'zod';
import type { LookupProvider } from './ip-location.js';

const FIELDS = 'status,message,country,countryCode,regionName,city,zip,lat,lon,timezone,isp';

const Answer = z.object({
  status: z.enum(['success', 'fail']),
  country: z.string().default(''),
  countryCode: z.string().default(''),
  regionName: z.string().default(''),
  city: z.string().default(''),
  zip: z.string().default(''),
  lat: z.number().nullable().default(null),
  lon: z.number().nullable().default(null),
  timezone: z.string().default(''),
  isp: z.string().default(''),
});

/** ip-api.com's service for customers: https://ip-api.com/docs/api:json. Its key is part of the address. */
export const ipApi = (key: string): LookupProvider => ({
  url: (address) => `https://pro.ip-api.com/json/${address}?key=${encodeURIComponent(key)}&fields=${FIELDS}`,
  read(text) {
    const answer = Answer.parse(JSON.parse(text));
    if (answer.status === 'fail') return null;
    const { country, countryCode, regionName: region, city, zip, lat, lon, timezone, isp } = answer;
    return {
      country,
      countryCode: countryCode.toUpperCase(),
      region,
      city,
      zip,
      latitude: lat,
      longitude: lon,
      timezone,
      isp,
    };
  },
});
