import { addAnswer, partOf, type DocumentCorrection, type JsonObject } from './correction.js';

const FILE = 'activecampaign/activecampaign-subset.json';

const TEXT = { type: 'string' };
const ID = { oneOf: [{ type: 'string' }, { type: 'integer' }] };
const MESSAGE = { $ref: '#/components/schemas/Message' };
const ERRORS = { $ref: '#/components/schemas/Errors' };
const META = { $ref: '#/components/schemas/Meta' };
const FREE = { type: 'object', additionalProperties: true };

const list = (items: unknown) => ({ type: 'array', items });
const schema = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: JsonObject, required: readonly string[] = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required: [...required],
});
const query = (name: string, type: string) => ({ name, in: 'query', schema: { type } });

const ASSOCIATION = object({ accountContact: FREE });
const ACCOUNT = object({ account: object({ id: TEXT, name: TEXT, accountUrl: { type: 'string', nullable: true } }) });

/** Records beside contacts, by the names under which they come. */
const SIDE_LOADED: JsonObject = {
  contactTags: list(schema('ContactTag')),
  tags: list(schema('Tag')),
  fieldValues: list(schema('FieldValue')),
  accountContacts: list(FREE),
  accounts: list(object({ id: TEXT, name: TEXT, accountUrl: { type: 'string', nullable: true } })),
  contactLists: list({}),
};

function operation(document: JsonObject, path: string, method: string): JsonObject {
  return partOf(document, 'paths', path, method);
}

function addParameters(document: JsonObject, path: string, ...parameters: readonly JsonObject[]): void {
  const reading = operation(document, path, 'get');
  const before: unknown = reading['parameters'];
  reading['parameters'] = [...(Array.isArray(before) ? (before as unknown[]) : []), ...parameters];
}

function addOperation(
  document: JsonObject,
  path: string,
  method: string,
  parts: { parameters?: readonly JsonObject[]; body?: JsonObject; answers: Readonly<Record<string, JsonObject>> },
): void {
  const paths = partOf(document, 'paths');
  const made: JsonObject = {
    parameters: parts.parameters ?? [],
    responses: {},
    ...(parts.body && { requestBody: { required: true, content: { 'application/json': { schema: parts.body } } } }),
  };
  for (const [status, answer] of Object.entries(parts.answers)) addAnswer(made, status, answer);
  paths[path] = { ...(paths[path] as JsonObject | undefined), [method]: made };
}

const PAGE = [query('limit', 'integer'), query('offset', 'integer')];

/** What the description of ActiveCampaign's API leaves out; it was written for a part of it. */
export const ACTIVECAMPAIGN_CORRECTIONS: readonly DocumentCorrection[] = [
  {
    file: FILE,
    where: 'GET /contacts and GET /contacts/{id}',
    reason:
      'records beside contacts are asked for with `include`, as many public integrations do, on lists and single contacts',
    change: (document) => {
      for (const path of ['/contacts', '/contacts/{id}']) addParameters(document, path, query('include', 'string'));
      const content = ['responses', '200', 'content', 'application/json', 'schema', 'properties'];
      Object.assign(partOf(operation(document, '/contacts', 'get'), ...content), SIDE_LOADED);
      Object.assign(partOf(document, 'components', 'schemas', 'ContactFull', 'properties'), SIDE_LOADED);
    },
  },
  {
    file: FILE,
    where: 'the lists below a contact',
    reason: 'the vendor pages every list by `limit` and `offset` and counts it in `meta`',
    change: (document) => {
      for (const name of ['contactTags', 'contactAutomations']) {
        const path = `/contacts/{id}/${name}`;
        addParameters(document, path, ...PAGE);
        const content = ['responses', '200', 'content', 'application/json', 'schema', 'properties'];
        partOf(operation(document, path, 'get'), ...content)['meta'] = META;
      }
    },
  },
  {
    file: FILE,
    where: 'POST /contactAutomations, /contactLists and /notes',
    reason: 'ids that do not exist are answered with 404, as everywhere else',
    change: (document) => {
      for (const path of ['/contactAutomations', '/contactLists', '/notes']) {
        addAnswer(operation(document, path, 'post'), '404', MESSAGE);
      }
    },
  },
  {
    file: FILE,
    where: 'POST /accounts, PUT and DELETE /accountContacts/{id}',
    reason: 'the vendor’s reference has them; a contact’s one company cannot be changed or taken away without',
    change: (document) => {
      addOperation(document, '/accounts', 'post', {
        body: object({ account: object({ name: TEXT }) }),
        answers: { '201': ACCOUNT, '422': ERRORS },
      });
      addOperation(document, '/accountContacts/{id}', 'put', {
        body: object({ accountContact: object({ contact: ID, account: ID, jobTitle: TEXT }, ['contact', 'account']) }),
        answers: { '200': ASSOCIATION, '404': MESSAGE, '422': ERRORS },
      });
      addOperation(document, '/accountContacts/{id}', 'delete', { answers: { '200': FREE, '404': MESSAGE } });
    },
  },
  {
    file: FILE,
    where: 'GET /contacts/{id}/notes, GET /contacts/{id}/deals and PUT /deals/{id}',
    reason: 'the vendor’s reference has them; without them nobody could look for a note or move a deal',
    change: (document) => {
      for (const name of ['notes', 'deals']) {
        addOperation(document, `/contacts/{id}/${name}`, 'get', {
          parameters: PAGE,
          answers: { '200': object({ [name]: list(FREE), meta: META }, [name]), '404': MESSAGE },
        });
      }
      addOperation(document, '/deals/{id}', 'put', {
        body: object({ deal: object({ stage: ID }) }),
        answers: { '200': object({ deal: FREE }), '404': MESSAGE, '422': ERRORS },
      });
    },
  },
];
