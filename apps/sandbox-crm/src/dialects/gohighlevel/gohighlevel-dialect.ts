import { bearerOf } from '../../access/access.js';
import { Refusal, type Dialect, type Operation } from '../dialect.js';
import { contactOperations } from './contacts.js';
import { customFieldOperations } from './custom-fields.js';
import { faultBody, refusedAnswer, unauthorizedAnswer } from './errors.js';
import { locationOperations } from './location.js';
import { noteOperations } from './notes.js';
import { gohighlevelOAuth } from './oauth.js';
import { opportunityOperations } from './opportunities.js';
import { searchOperations } from './search.js';
import { tagOperations } from './tags.js';
import { workflowOperations } from './workflows.js';

const VERSION = '2021-07-28';

/** Reported as the vendor reports them, and so high that they never bind. */
const LIMITS = {
  'x-ratelimit-limit-daily': '200000000',
  'x-ratelimit-daily-remaining': '200000000',
  'x-ratelimit-interval-milliseconds': '10000',
  'x-ratelimit-max': '1000000',
  'x-ratelimit-remaining': '1000000',
};

/** GoHighLevel's API v2, in the contract of 2021-07-28. */
export function gohighlevelDialect(): Dialect {
  return {
    name: 'gohighlevel',
    base: '/gohighlevel',
    operations: [
      ...locationOperations,
      ...searchOperations,
      ...contactOperations,
      ...tagOperations,
      ...customFieldOperations,
      ...noteOperations,
      ...workflowOperations,
      ...opportunityOperations,
    ].map(versioned),
    credentialOf: bearerOf,
    oauth: gohighlevelOAuth,
    unauthorized: unauthorizedAnswer,
    refused: refusedAnswer,
    faultBody,
    standardHeaders: () => ({ ...LIMITS }),
    contactIds: (params) => (params['contact_id'] === undefined ? [] : [params['contact_id']]),
  };
}

/** No call without the header that says which contract it speaks. */
function versioned(operation: Operation): Operation {
  return {
    ...operation,
    handle: (call) => {
      if (call.headers['version'] !== VERSION) throw new Refusal(401, 'version header was not found.');
      return operation.handle(call);
    },
  };
}
