import type { IncomingHttpHeaders } from 'node:http';
import { one, type Form } from '../../server/form.js';
import type { Dialect } from '../dialect.js';
import { isObject } from '../input.js';
import { faultBody, refusedAnswer, unauthorizedAnswer } from './answers.js';
import { idsOf, listOperations } from './lists.js';
import { readOperations } from './objects.js';
import { RateHeaders } from './rate-headers.js';
import { scalar } from './rows.js';
import { writeOperations } from './writes.js';

/** Ontraport's API v1. */
export function ontraportDialect(): Dialect {
  const rate = new RateHeaders();
  return {
    name: 'ontraport',
    base: '/ontraport/1',
    operations: [...readOperations, ...writeOperations, ...listOperations],
    credentialOf,
    unauthorized: () => {
      const answer = unauthorizedAnswer();
      return { ...answer, headers: { ...answer.headers, ...rate.next() } };
    },
    refused: refusedAnswer,
    faultBody,
    standardHeaders: () => rate.next(),
    contactIds,
  };
}

/** The key is one of the sandbox's; the app id beside it may be any, but must be there. */
function credentialOf(headers: IncomingHttpHeaders): string | undefined {
  const [appId, key] = [headers['api-appid'], headers['api-key']];
  return typeof key === 'string' && typeof appId === 'string' && appId !== '' ? key : undefined;
}

/** Contacts stand under several names, in the query or in the body. */
function contactIds(_params: Readonly<Record<string, string>>, body: unknown, query: Form): readonly string[] {
  if (one(query, 'objectID') === '0') return idsOf(one(query, 'id') ?? one(query, 'ids'));
  if (!isObject(body)) return [];
  return idsOf(body['contact_id'] ?? body['ids'] ?? (scalar(body['objectID']) === '0' ? body['id'] : undefined));
}
