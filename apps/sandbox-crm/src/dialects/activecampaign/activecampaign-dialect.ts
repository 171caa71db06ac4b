import type { Answer } from '../../server/answer.js';
import type { Call, Dialect } from '../dialect.js';
import { isObject } from '../input.js';
import { contactIdOfAssociation } from './account-view.js';
import { accountOperations } from './accounts.js';
import { automationOperations } from './automations.js';
import { contactOperations } from './contacts.js';
import { dealOperations } from './deals.js';
import { contactIdOfEntry } from './entries.js';
import { faultBody, refusedAnswer, unauthorizedAnswer } from './errors.js';
import { fieldOperations } from './fields.js';
import { listOperations } from './lists.js';
import { noteOperations } from './notes.js';
import { associated } from './tag-view.js';
import { tagOperations } from './tags.js';

/** ActiveCampaign's API v3. */
export function activecampaignDialect(): Dialect {
  return {
    name: 'activecampaign',
    base: '/activecampaign/api/3',
    operations: [
      ...contactOperations,
      ...fieldOperations,
      ...tagOperations,
      ...accountOperations,
      ...automationOperations,
      ...listOperations,
      ...noteOperations,
      ...dealOperations,
      { method: 'GET', path: '/users/me', name: 'GetUserInfo', handle: ownUser },
    ],
    credentialOf: (headers) => {
      const key = headers['api-token'];
      return typeof key === 'string' ? key : undefined;
    },
    unauthorized: unauthorizedAnswer,
    refused: refusedAnswer,
    faultBody,
    standardHeaders: () => ({}),
    contactIds,
  };
}

function ownUser({ identity }: Call): Answer {
  const { connection, subject } = identity;
  const email = `${connection}@sandbox.example`;
  return {
    status: 200,
    body: { user: { id: subject, username: connection, email, firstName: 'Sandbox', lastName: connection } },
  };
}

/** Contacts stand in the path, in the wrapped object of a body, or in the id of what connects them with something. */
function contactIds(params: Readonly<Record<string, string>>, body: unknown): readonly string[] {
  const {
    contact_id: inPath,
    contact_tag_id: tagging,
    account_contact_id: association,
    contact_automation_id: entry,
  } = params;
  if (inPath !== undefined) return [inPath];
  if (tagging !== undefined) return [associated(tagging).contactId];
  if (association !== undefined) return [contactIdOfAssociation(association)];
  if (entry !== undefined) return [contactIdOfEntry(entry)];
  if (!isObject(body)) return [];
  return Object.values(body).flatMap((inner) => {
    const id = isObject(inner) ? (inner['contact'] ?? inner['relid']) : undefined;
    return typeof id === 'string' || typeof id === 'number' ? [String(id)] : [];
  });
}
