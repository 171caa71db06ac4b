import type { Identity } from '../../access/identities.js';
import { DEMO_LOCATION } from '../../demo-facts.js';
import type { Answer } from '../../server/answer.js';
import { one } from '../../server/form.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { invalid } from './errors.js';

/** The location that a sign-in chooses. */
export const ownLocation = ({ tenantId }: Identity): string => `loc${tenantId}`;

/** The location that a request names, or the vendor's refusal of one that the token does not reach. */
export function checkedLocation({ identity }: Call, named: unknown): string {
  if (typeof named !== 'string' || named === '') throw invalid('locationId should not be empty');
  if (named === DEMO_LOCATION || named === ownLocation(identity)) return named;
  throw new Refusal(403, 'The token does not have access to this location.');
}

/** The location in the path, as its own routes name it. */
export const pathLocation = (call: Call): string => checkedLocation(call, call.params['location_id']);

/** The location in the query. */
export const queryLocation = (call: Call, name: string): string => checkedLocation(call, one(call.query, name));

export const locationOperations: readonly Operation[] = [
  { method: 'GET', path: '/locations/:location_id', name: 'GetLocation', handle: getLocation },
];

function getLocation(call: Call): Answer {
  const id = pathLocation(call);
  const settings = { allowDuplicateContact: false };
  const location = { id, companyId: call.identity.tenantId, name: 'Sandbox', timezone: 'UTC', country: 'US', settings };
  return { status: 200, body: { location } };
}
