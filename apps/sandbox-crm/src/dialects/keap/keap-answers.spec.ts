import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import ajvFormats from 'ajv-formats';
import { sandboxForTest, type SandboxForTest } from '../../testing/sandbox-client.js';

/** The vendor's own description lies beside the project; it is read in place and is no part of it. */
const DOCUMENT = resolve(process.cwd(), '../shared/openapi/keap/keap-rest-v2.json');
const isThere = existsSync(DOCUMENT);
if (!isThere)
  process.stderr.write(`NOT CHECKED: Keap's answers against the vendor's description (${DOCUMENT} is missing)\n`);

type Json = Record<string, unknown>;
interface Description {
  paths: Record<string, Record<string, { requestBody?: Json; responses: Record<string, Json> }>>;
}

/** Objects that list their properties may hold no others: a misspelt property is then an error. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]));
  if ('properties' in copy && !('additionalProperties' in copy) && copy['type'] === 'object') {
    copy['additionalProperties'] = false;
  }
  return copy;
}

function schemas(): { description: Description; ajv: Ajv2020 } {
  const description = closed(JSON.parse(readFileSync(DOCUMENT, 'utf8'))) as Description;
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  // The package is CommonJS: its function is the default export's default.
  ajvFormats.default(ajv);
  ajv.addSchema(description, 'keap');
  return { description, ajv };
}

const call = { contact_ids: ['1001'] };
const goal = { contact_id: 1001, integration: 'myfusionhelper', call_name: 'x' };
const everything = [
  'id,given_name,family_name,email_addresses,phone_numbers,addresses,company,job_title,website,birth_date',
  'anniversary_date,tag_ids,custom_fields,owner_id,leadsource_id,score_value,create_time,update_time,middle_name,links',
].join(',');

/** Every path of the description that the sandbox serves: method, path of the description, real path, status, body. */
const CALLS: [method: string, path: string, real: string, status: number, body?: unknown][] = [
  ['GET', '/contacts', `/contacts?fields=${everything}&page_size=5`, 200],
  ['GET', '/contacts', '/contacts', 200],
  [
    'POST',
    '/contacts',
    `/contacts?fields=${everything}`,
    201,
    { email_addresses: [{ email: 'a@b.example', field: 'EMAIL1' }] },
  ],
  ['POST', '/contacts', '/contacts?duplicate_option=Email', 200, { email_addresses: [{ email: 'a@b.example' }] }],
  ['GET', '/contacts/{contact_id}', `/contacts/1001?fields=${everything}`, 200],
  [
    'PATCH',
    '/contacts/{contact_id}',
    `/contacts/1001?fields=${everything}&update_mask=middle_name`,
    200,
    { middle_name: 'M' },
  ],
  ['DELETE', '/contacts/{contact_id}', '/contacts/1030', 204],
  ['GET', '/contacts/{contact_id}', '/contacts/1030', 404],
  ['PATCH', '/contacts/{contact_id}', '/contacts/1001?update_mask=given_name', 400, { given_name: 'x'.repeat(50) }],
  ['GET', '/contacts/model', '/contacts/model', 200],
  [
    'POST',
    '/contacts/model/customFields',
    '/contacts/model/customFields',
    201,
    { label: 'New one', field_type: 'TEXT' },
  ],
  ['DELETE', '/contacts/model/customFields/{custom_field_id}', '/contacts/model/customFields/14', 204],
  ['GET', '/contacts/{contact_id}/tags', '/contacts/1001/tags', 200],
  ['GET', '/contacts/{contact_id}/notes', '/contacts/1001/notes', 200],
  [
    'POST',
    '/contacts/{contact_id}/notes',
    '/contacts/1001/notes',
    201,
    { user_id: '1', title: 't', text: 'x', type: 'Other' },
  ],
  ['GET', '/contacts/{contact_id}/notes/{note_id}', '/contacts/1001/notes/5001', 200],
  ['PATCH', '/contacts/{contact_id}/notes/{note_id}', '/contacts/1001/notes/5001', 200, { user_id: '2', text: 'new' }],
  ['DELETE', '/contacts/{contact_id}/notes/{note_id}', '/contacts/1001/notes/5001', 204],
  ['GET', '/tags', '/tags?page_size=1000', 200],
  ['POST', '/tags', '/tags', 201, { name: 'Made here', description: 'd', category: { id: '10' } }],
  ['GET', '/tags/{tag_id}', '/tags/101', 200],
  ['PATCH', '/tags/{tag_id}', '/tags/101?update_mask=description', 200, { description: 'changed' }],
  ['DELETE', '/tags/{tag_id}', '/tags/115', 204],
  ['GET', '/tags/categories', '/tags/categories', 200],
  ['POST', '/tags/categories', '/tags/categories', 201, { name: 'Other' }],
  ['GET', '/tags/categories/{tag_category_id}', '/tags/categories/10', 200],
  ['GET', '/tags/{tag_id}/contacts', '/tags/101/contacts', 200],
  ['POST', '/tags/{tag_id}/contacts:applyTags', '/tags/199/contacts:applyTags', 200, call],
  ['POST', '/tags/{tag_id}/contacts:removeTags', '/tags/199/contacts:removeTags', 204, call],
  ['GET', '/campaigns', '/campaigns', 200],
  ['GET', '/campaigns/{campaign_id}', '/campaigns/301', 200],
  ['GET', '/campaigns/{campaign_id}/sequences', '/campaigns/302/sequences', 200],
  ['GET', '/campaigns/{campaign_id}/goals', '/campaigns/301/goals', 200],
  [
    'POST',
    '/campaigns/{campaign_id}/sequences/{sequence_id}:addContacts',
    '/campaigns/301/sequences/1:addContacts',
    200,
    call,
  ],
  [
    'POST',
    '/campaigns/{campaign_id}/sequences/{sequence_id}:removeContacts',
    '/campaigns/301/sequences/1:removeContacts',
    200,
    call,
  ],
  ['GET', '/automations', '/automations', 200],
  ['GET', '/automations/ids', '/automations/ids', 200],
  ['GET', '/automations/{automation_id}', '/automations/301', 200],
  [
    'POST',
    '/automations/{automation_id}/sequences/{sequence_id}:addContacts',
    '/automations/302/sequences/2:addContacts',
    200,
    call,
  ],
  ['POST', '/automations/goals/achieve', '/automations/goals/achieve', 200, goal],
  ['POST', '/automations/goals/achieve', '/automations/goals/achieve', 200, { ...goal, integration: 'nobody' }],
  ['GET', '/emails', '/emails?filter=contact_id%3D%3D1001&order_by=created_time%20asc', 200],
  ['GET', '/emailAddresses', '/emailAddresses?page_size=3', 200],
  ['GET', '/emailAddresses/{email}/status', '/emailAddresses/ada.marsh.1001%40example.com/status', 200],
  [
    'PATCH',
    '/emailAddresses/{email}/status',
    '/emailAddresses/ada.marsh.1001%40example.com/status',
    200,
    { opted_in: true, reason: 'r' },
  ],
  ['GET', '/orders', '/orders?page_size=3', 200],
  ['GET', '/orders/{order_id}', '/orders/7001', 200],
  ['GET', '/orders/{order_id}/payments', '/orders/7001/payments', 200],
  ['GET', '/orders/{order_id}/payments', '/orders/7002/payments', 200],
  ['GET', '/opportunities', '/opportunities', 200],
  ['POST', '/opportunities', '/opportunities', 201, { contact_id: '1001', opportunity_title: 'T', stage_id: '1' }],
  ['GET', '/opportunities/stages', '/opportunities/stages', 200],
  ['GET', '/opportunities/{opportunity_id}', '/opportunities/9001', 200],
  ['PATCH', '/opportunities/{opportunity_id}', '/opportunities/9001?update_mask=stage_id', 200, { stage_id: '2' }],
  ['GET', '/users', '/users', 200],
  ['GET', '/users/{user_id}', '/users/1', 200],
  ['GET', '/companies', '/companies', 200],
  ['POST', '/companies', '/companies', 201, { company_name: 'New & Co' }],
  ['GET', '/companies/{company_id}', '/companies/501', 200],
  ['GET', '/leadSources', '/leadSources', 200],
  ['GET', '/oauth/connect/userinfo', '/oauth/connect/userinfo', 200],
];

(isThere ? describe : describe.skip)("Keap's answers", () => {
  const { description, ajv } = isThere ? schemas() : ({} as ReturnType<typeof schemas>);
  let sandbox: SandboxForTest;
  beforeAll(async () => {
    sandbox = await sandboxForTest();
  });
  afterAll(() => sandbox.stop());

  it.each(CALLS.map(([method, path, real, status, body]) => ({ method, path, real, status, body })))(
    '$method $path ($real) with $status',
    async ({ method, path, real, status, body }) => {
      const operation = description.paths[`/rest/v2${path}`]?.[method.toLowerCase()];
      if (operation === undefined) throw new Error(`The description has no ${method} ${path}`);
      if (body !== undefined && status < 400) check(schemaOf(operation.requestBody), body);
      const answer = await sandbox.keap(method, real, body === undefined ? {} : { body });
      expect(answer.status).toBe(status);
      const described = operation.responses[String(status)];
      expect(described).toBeDefined();
      const validate = schemaOf(described);
      if (validate === undefined) expect(answer.body).toEqual({ text: '' });
      else check(validate, answer.body);
    },
  );

  function schemaOf(holder: Json | undefined): ValidateFunction | undefined {
    const content = holder?.['content'] as Record<string, { schema?: { $ref?: string } }> | undefined;
    const reference = content?.['application/json']?.schema?.$ref;
    return reference === undefined ? undefined : ajv.getSchema(`keap${reference}`);
  }

  function check(validate: ValidateFunction | undefined, value: unknown): void {
    if (validate === undefined) throw new Error('The description has no schema here');
    validate(value);
    expect(validate.errors ?? []).toEqual([]);
  }
});
