import { isObject, operationsOf, partOf, type DocumentCorrection, type JsonObject } from './correction.js';

const ONTRAPORT = 'ontraport/ontraport-subset.json';
const JSON_OF_200 = ['responses', '200', 'content', 'application/json', 'schema'] as const;

/** Members of an answer's envelope. */
function ontraportAnswer(document: JsonObject, path: string, method: string): JsonObject {
  return partOf(document, 'paths', path, method, ...JSON_OF_200, 'properties');
}

/** What Ontraport’s documents get wrong. */
export const ONTRAPORT_CORRECTIONS: readonly DocumentCorrection[] = [
  {
    file: ONTRAPORT,
    where: 'the object types of GET /objects',
    reason: 'notes are type 12 and are listed like all others',
    change: (document) => {
      const parameters = partOf(document, 'paths', '/objects', 'get')['parameters'];
      for (const parameter of Array.isArray(parameters) ? parameters : []) {
        if (!isObject(parameter) || parameter['name'] !== 'objectID') continue;
        const schema = partOf(parameter, 'schema');
        if (Array.isArray(schema['enum'])) schema['enum'] = [...(schema['enum'] as unknown[]), 12];
      }
    },
  },
  {
    file: ONTRAPORT,
    where: 'the answers of lists',
    reason: 'the recorded answers of the vendor’s own client library carry an empty `misc`',
    change: (document) => {
      for (const path of ['/objects', '/objects/tag', '/CampaignBuilderItems']) {
        ontraportAnswer(document, path, 'get')['misc'] = { type: 'array', maxItems: 0 };
      }
    },
  },
  {
    file: ONTRAPORT,
    where: 'the answer of GET /objects',
    reason: 'the parameter `count` asks for the number of all records, and the document has no place for it',
    change: (document) => {
      ontraportAnswer(document, '/objects', 'get')['count'] = { type: ['string', 'integer'] };
    },
  },
  {
    file: ONTRAPORT,
    where: 'the answer of DELETE /object',
    reason: 'the recorded answer of the vendor’s own client library has no data',
    change: (document) => {
      const schema = partOf(document, 'paths', '/object', 'delete', ...JSON_OF_200);
      schema['required'] = ['code'];
    },
  },
  {
    file: ONTRAPORT,
    where: 'the answers with 404 of all operations',
    reason: 'integrations compare the body with the plain text "Object not found"',
    change: (document) => {
      for (const operation of operationsOf(document)) {
        partOf(operation, 'responses', '404', 'content')['text/html'] = { schema: { type: 'string' } };
      }
    },
  },
];
