import type { RunContext } from '../../_kit/run-context.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { bearerOrKey, openService, pathSegment } from '../service-client.js';

export interface GoToRegistrant {
  firstName: string;
  lastName: string;
  email: string;
}

export interface GoToRegistration {
  registrantKey: string;
  joinUrl: string;
  /** `APPROVED`, `WAITING`, `DENIED`, or `ALREADY_REGISTERED` for an address that had been registered before. */
  status: string;
}

const ALREADY_REGISTERED = 409;

/**
 * Registers somebody with the account's GoTo Webinar. Doing it again finds the registration that is there.
 * @throws HelperFailure `service_not_connected`, `upstream_error`
 */
export async function registerWithGoTo(
  context: Pick<RunContext<unknown>, 'http' | 'services' | 'crypto' | 'clock'>,
  organizer: string,
  webinar: string,
  registrant: GoToRegistrant,
): Promise<GoToRegistration> {
  const client = await openService(context, {
    slug: 'gotowebinar',
    name: 'GoTo Webinar',
    baseUrl: 'https://api.getgo.com/G2W/rest/v2',
    sign: bearerOrKey,
  });
  const answer = await client.call({
    method: 'POST',
    path: `organizers/${pathSegment(organizer)}/webinars/${pathSegment(webinar)}/registrants`,
    json: registrant,
    accept: [ALREADY_REGISTERED],
  });
  const { registrantKey, joinUrl, status } = answer.json();
  return {
    registrantKey: fieldText(registrantKey),
    joinUrl: fieldText(joinUrl),
    status: answer.status === ALREADY_REGISTERED ? 'ALREADY_REGISTERED' : fieldText(status),
  };
}
