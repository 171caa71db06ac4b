import type { IpLocation } from '../../_services/ip-geolocation/ip-location.js';
import { byDataKey, byExactKey } from '../config/data-keys.js';
import type { RunContext } from '../run-context.js';
import { toRunFailure } from '../run-failure.js';
import { addressOf } from './address-source.js';

type Routes = Readonly<Record<string, string>>;

/** City, region and country, as far as they are known. */
export const locationText = ({ city, region, country }: IpLocation): string =>
  [city, region, country].filter((part) => part !== '').join(', ');

/**
 * The URL of a country by its ISO code, in any letter case. An empty one counts as none.
 * @returns undefined when there is none
 */
export function countryRoute(routes: Routes, { countryCode }: IpLocation): string | undefined {
  const url = countryCode === '' ? '' : (byDataKey(routes, countryCode) ?? '');
  return url === '' ? undefined : url;
}

/** The URL of a region by its full name; `US:California` wins over `California`, which may lie in another country. */
export function regionRoute(routes: Routes, { countryCode, region }: IpLocation): string | undefined {
  if (region === '') return undefined;
  const urls = [`${countryCode}:${region}`, `${countryCode.toLowerCase()}:${region}`, region];
  return urls.map((key) => byExactKey(routes, key) ?? '').find((url) => url !== '');
}

/** Whence a visitor comes; null: that is not known. */
export interface Visitor {
  address: string;
  location: IpLocation | null;
}

type Context = RunContext<Parameters<typeof addressOf>[0]['config']>;

async function lookUp(context: Context, fallback: string): Promise<Visitor> {
  let address = '';
  try {
    address = await addressOf(context);
    return { address, location: await context.geolocation.locate(address) };
  } catch (error) {
    if (fallback === '' || context.signal.aborted) throw error;
    context.warn(toRunFailure(error).message);
    return { address, location: null };
  }
}

/**
 * Finds out where the visitor of this run is, once. A visitor who waits for a URL gets the fallback when that fails.
 * @param fallback without one, the failure is thrown
 */
export const locateVisitor = (context: Context, fallback = ''): Promise<Visitor> =>
  context.remember('visitor', () => lookUp(context, fallback));
