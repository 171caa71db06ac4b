import { HelperFailure } from '../../_kit/helper-failure.js';
import type { HelperHttp, HelperHttpResponse, RunClock } from '../../_kit/ports.js';
import { geoJs } from './geojs.js';
import { ipApi } from './ip-api.js';
import { isPublicAddress, readIpAddress } from './ip-address.js';
import type { IpGeolocation, IpLocation, LookupProvider } from './ip-location.js';

/** Two attempts and the wait between them stay below five seconds. */
const ATTEMPT_MS = 2_200;
const WAIT_MS = 400;

const failed = (failureClass: 'retry' | 'give_up', why: string, cause?: unknown): HelperFailure =>
  new HelperFailure('lookup_failed', failureClass, `The location of the address could not be found: ${why}.`, {
    cause,
  });

const isTemporary = ({ status }: HelperHttpResponse): boolean => status === 429 || status >= 500;

async function ask(http: HelperHttp, url: string): Promise<HelperHttpResponse> {
  const headers = { Accept: 'application/json' };
  const answer = await http.request({ method: 'GET', url, headers, timeoutMs: ATTEMPT_MS });
  if (isTemporary(answer)) throw failed('retry', `the service answered with status ${answer.status}`);
  return answer;
}

async function askTwice(http: HelperHttp, clock: RunClock, url: string): Promise<HelperHttpResponse> {
  try {
    return await ask(http, url);
  } catch (error) {
    if (!(error instanceof HelperFailure) || error.failureClass !== 'retry' || error.code === 'aborted') throw error;
    await clock.sleep(WAIT_MS);
    return ask(http, url);
  }
}

/**
 * Looks addresses up at a service over HTTPS.
 * @param key of ip-api.com; without one the free service GeoJS is asked, which knows no postal codes
 */
export function ipGeolocation(http: HelperHttp, clock: RunClock, key?: string): IpGeolocation {
  const provider: LookupProvider = key === undefined ? geoJs : ipApi(key);
  return {
    async locate(text) {
      const address = readIpAddress(text);
      if (!isPublicAddress(address)) throw failed('give_up', 'it belongs to a private or reserved range');
      let answer: HelperHttpResponse;
      try {
        answer = await askTwice(http, clock, provider.url(address));
      } catch (error) {
        if (!(error instanceof HelperFailure) || ['aborted', 'lookup_failed'].includes(error.code)) throw error;
        throw failed(error.failureClass, 'the service cannot be reached', error);
      }
      const location = locationIn(provider, answer);
      if (location === null) throw failed('give_up', 'the service does not know it');
      return location;
    },
  };
}

function locationIn(provider: LookupProvider, { status, text }: HelperHttpResponse): IpLocation | null {
  if (status === 401 || status === 403) throw failed('give_up', 'the service refused its key');
  try {
    return provider.read(text);
  } catch (error) {
    throw failed('retry', 'the service answered with something unreadable', error);
  }
}
