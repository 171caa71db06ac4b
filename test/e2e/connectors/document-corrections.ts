import { ACTIVECAMPAIGN_CORRECTIONS } from './activecampaign-corrections.js';
import {
  addAnswer,
  isObject,
  operationsOf,
  partOf,
  type DocumentCorrection,
  type JsonObject,
} from './document-parts.js';

/** The vendors whose documents exchanges are held against. */
export type Vendor = 'keap' | 'gohighlevel' | 'activecampaign' | 'ontraport' | 'hubspot';

const GATEWAY_FAULT = {
  type: 'object',
  properties: {
    fault: {
      type: 'object',
      properties: {
        faultstring: { type: 'string' },
        detail: { type: 'object', properties: { errorcode: { type: 'string' } }, required: ['errorcode'] },
      },
      required: ['faultstring', 'detail'],
    },
  },
  required: ['fault'],
};

const ONTRAPORT = 'ontraport/ontraport-subset.json';
const JSON_OF_200 = ['responses', '200', 'content', 'application/json', 'schema'] as const;

/** Members of an answer's envelope. */
function ontraportAnswer(document: JsonObject, path: string, method: string): JsonObject {
  return partOf(document, 'paths', path, method, ...JSON_OF_200, 'properties');
}

/** Everything that vendors' documents get wrong. Every one is an error of the document, not of ours. */
export const DOCUMENT_CORRECTIONS: Readonly<Record<Vendor, readonly DocumentCorrection[]>> = {
  keap: [
    {
      file: 'keap/keap-rest-v2.json',
      where: 'the answers with 401 of all operations',
      reason: 'the gateway in front of the API refuses tokens, in a form of its own',
      change: (document) => {
        for (const operation of operationsOf(document)) addAnswer(operation, '401', GATEWAY_FAULT);
      },
    },
  ],
  gohighlevel: [
    ...['contacts', 'locations', 'opportunities'].map((name) => ({
      file: `gohighlevel/${name}.json`,
      where: 'the bodies of refusals',
      reason: 'every answer of the API carries a trace id',
      change: (document: JsonObject) => {
        for (const dto of ['BadRequestDTO', 'UnauthorizedDTO', 'UnprocessableDTO']) {
          const schemas = partOf(document, 'components', 'schemas');
          if (dto in schemas) partOf(schemas, dto, 'properties')['traceId'] = { type: 'string' };
        }
      },
    })),
    ...['contacts', 'locations', 'opportunities'].map((name) => ({
      file: `gohighlevel/${name}.json`,
      where: 'the answers of all operations',
      reason: 'a token that does not reach the location is refused with 403',
      change: (document: JsonObject) => {
        for (const operation of operationsOf(document)) addAnswer(operation, '403');
      },
    })),
    {
      file: 'gohighlevel/contacts.json',
      where: 'the refusal of a duplicate',
      reason: 'it names the contact that is there already, and what matched',
      change: (document) => {
        partOf(document, 'components', 'schemas', 'BadRequestDTO', 'properties')['meta'] = {
          type: 'object',
          properties: { contactId: { type: 'string' }, matchingField: { type: 'string' } },
        };
      },
    },
    {
      file: 'gohighlevel/contacts.json',
      where: 'UpdateContactDto',
      reason: 'updates take a company as creations do; the vendor’s own tracker lists it as missing from the document',
      change: (document) => {
        partOf(document, 'components', 'schemas', 'UpdateContactDto', 'properties')['companyName'] = {
          type: ['string', 'null'],
        };
      },
    },
  ],
  activecampaign: ACTIVECAMPAIGN_CORRECTIONS,
  ontraport: [
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
  ],
  hubspot: [],
};
