import { bearerOf } from '../../access/access.js';
import { textbookManner, type OAuthManner } from '../../access/oauth-manner.js';
import type { Dialect } from '../dialect.js';
import { isObject } from '../input.js';
import { accountOperations } from './account.js';
import { automationOperations } from './automations.js';
import { billingOperations } from './billing.js';
import { contactOperations } from './contacts.js';
import { emailAddressOperations } from './email-addresses.js';
import { faultBody, refusedAnswer, unauthorizedAnswer } from './errors.js';
import { goalOperations } from './goals.js';
import { modelOperations } from './model.js';
import { noteOperations } from './notes.js';
import { opportunityOperations } from './opportunities.js';
import { orderOperations } from './orders.js';
import { QuotaHeaders } from './quota-headers.js';
import { taggingOperations } from './tagging.js';
import { tagOperations } from './tags.js';

/** Keap wants the client's id and secret in the form for a code, and as HTTP Basic credentials for a refresh. */
const keapOAuth: OAuthManner = {
  ...textbookManner({ dialect: 'keap', authorizePath: '/keap/app/oauth/authorize', tokenPath: '/keap/token' }),
  clientIn: (grant) => (grant === 'refresh_token' ? 'basic' : 'form'),
};

/** Keap's REST API v2. */
export function keapDialect(): Dialect {
  const quota = new QuotaHeaders();
  return {
    name: 'keap',
    base: '/keap/crm/rest/v2',
    operations: [
      ...modelOperations,
      ...contactOperations,
      ...noteOperations,
      ...tagOperations,
      ...taggingOperations,
      ...automationOperations,
      ...goalOperations,
      ...emailAddressOperations,
      ...orderOperations,
      ...billingOperations,
      ...opportunityOperations,
      ...accountOperations,
    ],
    credentialOf: bearerOf,
    oauth: keapOAuth,
    unauthorized: unauthorizedAnswer,
    refused: refusedAnswer,
    faultBody,
    standardHeaders: (identity) => quota.next(identity),
    contactIds,
  };
}

/** Contacts stand in the path, in a list in the body, or as a number in the body. */
function contactIds(params: Readonly<Record<string, string>>, body: unknown): readonly string[] {
  const inPath = params['contact_id'];
  if (inPath !== undefined) return [inPath];
  if (!isObject(body)) return [];
  const { contact_ids: list, contact_id: single } = body;
  if (Array.isArray(list)) return list.map(String);
  return typeof single === 'string' || typeof single === 'number' ? [String(single)] : [];
}
