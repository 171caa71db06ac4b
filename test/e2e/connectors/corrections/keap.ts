import { addAnswer, operationsOf, partOf, type DocumentCorrection, type JsonObject } from './correction.js';

const KEAP_SUBSCRIPTION = {
  type: 'object',
  properties: {
    ...Object.fromEntries(
      ['id', 'contact_id', 'product_id', 'subscription_plan_id', 'billing_cycle', 'payment_method_id'].map((name) => [
        name,
        { type: 'string' },
      ]),
    ),
    ...Object.fromEntries(
      ['start_date', 'last_bill_date', 'next_bill_date', 'end_date'].map((name) => [
        name,
        { type: 'string', pattern: String.raw`^\d{4}-\d{2}-\d{2}$` },
      ]),
    ),
    active: { type: 'boolean' },
    auto_charge: { type: 'boolean' },
    quantity: { type: 'integer' },
    billing_frequency: { type: 'integer' },
    billing_amount: { type: 'number' },
  },
};

/** A list of Keap's, paged as all of them are. */
function keapList(name: string, item: JsonObject): JsonObject {
  const texts = ['filter', 'order_by', 'page_token'];
  const error = { $ref: '#/components/schemas/Error' };
  const list = { type: 'object', properties: { [name]: { type: 'array', items: item }, next_page_token: TEXT } };
  return {
    parameters: [
      ...texts.map((parameter) => ({ name: parameter, in: 'query', schema: TEXT })),
      { name: 'page_size', in: 'query', schema: { type: 'integer', minimum: 0, maximum: 1000 } },
    ],
    responses: {
      '200': { content: { 'application/json': { schema: list } } },
      '404': { content: { 'application/json': { schema: error } } },
    },
  };
}

const TEXT = { type: 'string' };

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

/** What Keap’s documents get wrong. */
export const KEAP_CORRECTIONS: readonly DocumentCorrection[] = [
  {
    file: 'keap/keap-rest-v2.json',
    where: 'the answers with 401 of all operations',
    reason: 'the gateway in front of the API refuses tokens, in a form of its own',
    change: (document) => {
      for (const operation of operationsOf(document)) addAnswer(operation, '401', GATEWAY_FAULT);
    },
  },
  {
    file: 'keap/keap-rest-v2.json',
    where: 'GET /rest/v2/subscriptions and GET /rest/v2/contacts/{contact_id}/paymentMethods',
    reason: 'the vendor publishes both; this cut of its document leaves them out',
    change: (document) => {
      const paths = partOf(document, 'paths');
      paths['/rest/v2/subscriptions'] = { get: keapList('subscriptions', KEAP_SUBSCRIPTION) };
      paths['/rest/v2/contacts/{contact_id}/paymentMethods'] = {
        get: keapList('records', { $ref: '#/components/schemas/PaymentMethod' }),
      };
    },
  },
];
