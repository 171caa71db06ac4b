import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { openService } from '../service-client.js';

export interface DonorQuery {
  first: string;
  last: string;
  email?: string;
  phone?: string;
}

/** What is known of a person, without anything else that the service tells about their means. */
export interface DonorFound {
  /** Empty when nobody was found. */
  rating: string;
  profileLink: string;
  /** Rating and link alone, in the place where the answer holds them. */
  excerpt: Record<string, unknown>;
}

const PLACES = ['result', 'Result', 'data', 'Data'];
const VALUES = ['DS_Rating', 'ProfileLink'];

const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

const excerptOf = (source: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(VALUES.filter((key) => fieldText(source[key]) !== '').map((key) => [key, source[key]]));

/**
 * Looks somebody up at DonorLead.
 * @throws HelperFailure `service_not_connected`, `upstream_error`, `bad_response`
 */
export async function searchDonor(
  context: Pick<RunContext<unknown>, 'http' | 'services' | 'crypto' | 'clock'>,
  query: DonorQuery,
): Promise<DonorFound> {
  const client = await openService(context, {
    slug: 'donorlead',
    name: 'DonorLead',
    baseUrl: 'https://data.donorlead.net/v2.1',
    sign: ({ apiKey }) => (apiKey === undefined ? null : { query: { api_key: apiKey } }),
  });
  const answer = (await client.call({ method: 'GET', path: '', query: { ...query } })).json();
  const top = excerptOf(answer);
  const nested = PLACES.map((place) => [place, excerptOf(object(answer[place]))] as const);
  const excerpt = Object.fromEntries(nested.filter(([, found]) => Object.keys(found).length > 0));
  const first = (key: string): string => {
    const holder = [top, ...nested.map(([, found]) => found)].find((found) => Object.hasOwn(found, key));
    return fieldText(holder?.[key]);
  };
  return { rating: first('DS_Rating'), profileLink: first('ProfileLink'), excerpt: { ...top, ...excerpt } };
}
