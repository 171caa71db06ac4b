import { addAnswer, partOf, type DocumentCorrection, type JsonObject } from './correction.js';

const FILE = 'hubspot/hubspot-subset.json';
const JSON_OF_200 = ['responses', '200', 'content', 'application/json', 'schema'] as const;
const ERROR = { $ref: '#/components/schemas/Error' };
const OBJECT = { $ref: '#/components/schemas/Contact' };
const PAGING = { $ref: '#/components/schemas/Paging' };

/** An operation of HubSpot's that the document has no place for. */
function addOperation(
  document: JsonObject,
  [method, path]: readonly [method: string, path: string],
  { query = {}, body, answers }: { query?: JsonObject; body?: JsonObject; answers: JsonObject },
): void {
  const json = (schema: unknown) => ({ description: '', content: { 'application/json': { schema } } });
  const responses = Object.entries({ ...answers, default: ERROR });
  partOf(document, 'paths')[path] = {
    [method]: {
      parameters: Object.entries(query).map(([name, schema]) => ({ name, in: 'query', schema })),
      ...(body !== undefined && { requestBody: { required: true, ...json(body) } }),
      responses: Object.fromEntries(responses.map(([status, schema]) => [status, json(schema)])),
    },
  };
}

const objectOf = (properties: JsonObject, ...required: string[]) => ({ type: 'object', properties, required });

/** What HubSpot's document leaves out or gets wrong. */
export const HUBSPOT_CORRECTIONS: readonly DocumentCorrection[] = [
  {
    file: FILE,
    where: 'the answer of POST /crm/v3/objects/contacts/batch/read',
    reason: 'records that are gone are told with the status 207',
    change: (document) => {
      const operation = partOf(document, 'paths', '/crm/v3/objects/contacts/batch/read', 'post');
      addAnswer(operation, '207', { $ref: '#/components/schemas/Batch' });
    },
  },
  {
    file: FILE,
    where: 'the members of a list in the order of joining',
    reason: 'the vendor’s own clients have the call, and the document leaves it out',
    change: (document) => {
      const paths = partOf(document, 'paths');
      paths['/crm/v3/lists/{listId}/memberships/join-order'] = structuredClone(
        partOf(paths, '/crm/v3/lists/{listId}/memberships'),
      );
    },
  },
  {
    file: FILE,
    where: 'notes and deals',
    reason: 'they are objects like contacts, at the vendor’s published paths, and the document leaves them out',
    change: (document) => {
      const texts = { type: 'object', additionalProperties: { type: 'string' } };
      const input = { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] };
      for (const type of ['notes', 'deals']) {
        addOperation(document, ['post', `/crm/v3/objects/${type}/batch/read`], {
          body: objectOf({ inputs: listOf(input, 100), properties: listOf({ type: 'string' }) }, 'inputs'),
          answers: { 200: { $ref: '#/components/schemas/Batch' }, 207: { $ref: '#/components/schemas/Batch' } },
        });
      }
      const associations = listOf({ type: 'object', additionalProperties: true });
      addOperation(document, ['post', '/crm/v3/objects/notes'], {
        body: objectOf({ properties: texts, associations }, 'properties', 'associations'),
        answers: { 201: OBJECT },
      });
      addOperation(document, ['patch', '/crm/v3/objects/deals/{dealId}'], {
        body: objectOf({ properties: texts }, 'properties'),
        answers: { 200: OBJECT },
      });
    },
  },
  {
    file: FILE,
    where: 'the associations of a contact',
    reason: 'the vendor’s guide to associations v4 describes the call, and the document leaves it out',
    change: (document) => {
      const associated = objectOf(
        { toObjectId: { type: 'integer' }, associationTypes: listOf({ type: 'object', additionalProperties: true }) },
        'toObjectId',
      );
      addOperation(document, ['get', '/crm/v4/objects/contacts/{contactId}/associations/{toObjectType}'], {
        query: { limit: { type: 'integer', maximum: 500 }, after: { type: 'string' } },
        answers: { 200: objectOf({ results: listOf(associated), paging: PAGING }, 'results') },
      });
    },
  },
  {
    file: FILE,
    where: 'the types of subscriptions',
    reason: 'whoever subscribes an address needs the id of a type, and the document does not say where it comes from',
    change: (document) => {
      addOperation(document, ['get', '/communication-preferences/v4/definitions'], {
        answers: {
          200: objectOf({ results: listOf({ type: 'object', additionalProperties: true }) }, 'results'),
        },
      });
    },
  },
  {
    file: FILE,
    where: 'the answers of subscriptions',
    reason: 'the vendor’s reference has the time and the outcome of the work around the results',
    change: (document) => {
      const statuses = '/communication-preferences/v4/statuses/{subscriberIdString}';
      const answers = [
        partOf(document, 'paths', statuses, 'get', ...JSON_OF_200, 'properties'),
        partOf(document, 'paths', statuses, 'post', ...JSON_OF_200, 'properties'),
        partOf(document, 'paths', '/communication-preferences/v4/definitions', 'get', ...JSON_OF_200, 'properties'),
      ];
      for (const members of answers) {
        for (const name of ['status', 'startedAt', 'completedAt']) members[name] = { type: 'string' };
      }
    },
  },
];

function listOf(items: unknown, maxItems?: number): JsonObject {
  return { type: 'array', items, ...(maxItems !== undefined && { maxItems }) };
}
