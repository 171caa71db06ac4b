import { addAnswer, operationsOf, partOf, type DocumentCorrection, type JsonObject } from './correction.js';

/** What GoHighLevel’s documents get wrong. */
export const GOHIGHLEVEL_CORRECTIONS: readonly DocumentCorrection[] = [
  {
    file: 'gohighlevel/oauth.json',
    where: 'the bodies of refusals',
    reason: 'the token endpoint refuses in the words of OAuth; bad requests in the vendor’s own tracker carry `error`',
    change: (document) => {
      for (const dto of ['BadRequestDTO', 'UnauthorizedDTO']) {
        const properties = partOf(document, 'components', 'schemas', dto, 'properties');
        for (const member of ['error', 'error_description', 'traceId']) properties[member] = { type: 'string' };
      }
    },
  },
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
];
