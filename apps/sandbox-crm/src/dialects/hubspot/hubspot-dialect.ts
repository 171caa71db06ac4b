import { bearerOf } from '../../access/access.js';
import type { Call, Dialect, Operation } from '../dialect.js';
import { isObject } from '../input.js';
import { associationOperations } from './associations.js';
import { searchOperations } from './contact-search.js';
import { contactOperations } from './contacts.js';
import { dealOperations } from './deals.js';
import { faultBody, refusedAnswer, unauthorizedAnswer } from './errors.js';
import { listOperations } from './lists.js';
import { membershipOperations } from './memberships.js';
import { noteOperations } from './notes.js';
import { hubspotOAuth, portalIdOf } from './oauth.js';
import { propertyOperations } from './properties.js';
import { subscriptionOperations } from './subscriptions.js';
import { workflowOperations } from './workflows.js';

const accountOperations: readonly Operation[] = [
  { method: 'GET', path: '/account-info/v3/details', name: 'GetAccount', handle: accountDetails },
];

/** HubSpot's CRM API v3 with the services around it. */
export function hubspotDialect(): Dialect {
  return {
    name: 'hubspot',
    base: '/hubspot',
    operations: [
      ...searchOperations,
      ...contactOperations,
      ...propertyOperations,
      ...listOperations,
      ...membershipOperations,
      ...noteOperations,
      ...dealOperations,
      ...associationOperations,
      ...workflowOperations,
      ...subscriptionOperations,
      ...accountOperations,
    ],
    credentialOf: bearerOf,
    oauth: hubspotOAuth,
    unauthorized: unauthorizedAnswer,
    refused: refusedAnswer,
    faultBody,
    // So high that they never bind: what happens at a limit is tried with planned faults.
    standardHeaders: () => ({
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
      'x-hubspot-ratelimit-max': '1000000',
      'x-hubspot-ratelimit-remaining': '999999',
    }),
    contactIds,
  };
}

function accountDetails({ identity }: Call) {
  return {
    status: 200,
    body: {
      portalId: portalIdOf(identity),
      accountType: 'STANDARD',
      timeZone: 'UTC',
      companyCurrency: 'USD',
      uiDomain: 'app.hubspot.com',
      dataHostingLocation: 'na1',
      utcOffset: '+00:00',
      utcOffsetMilliseconds: 0,
    },
  };
}

/** Contacts stand in the path, in a bare list, in the inputs of a batch, or in what a note is written for. */
function contactIds(params: Readonly<Record<string, string>>, body: unknown): readonly string[] {
  const inPath = params['contact_id'];
  if (inPath !== undefined) return [inPath];
  if (Array.isArray(body)) return body.map(String);
  if (!isObject(body)) return [];
  return [...itemsOf(body['inputs']), ...itemsOf(body['associations'])].flatMap((item) => {
    if (!isObject(item)) return [];
    const id = isObject(item['to']) ? item['to']['id'] : item['id'];
    return typeof id === 'string' ? [id] : [];
  });
}

const itemsOf = (list: unknown): readonly unknown[] => (Array.isArray(list) ? list : []);
