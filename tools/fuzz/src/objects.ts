import { randomUUID } from 'node:crypto';
import type { Api } from './api.js';
import type { People } from './people.js';

/** Values that generated requests use in half of the cases, by the name of a parameter or a field of the body. */
export type KnownValues = Readonly<Record<string, readonly string[]>>;

const HELPERS = [
  { helper_type: 'tag_it', config: { tag_ids: ['199'], action: 'apply' } },
  { helper_type: 'format_it', config: { field: 'first_name', format: 'uppercase' } },
  { helper_type: 'math_it', config: { field: 'Score', operation: 'add', operand: 1 } },
];

/** Fills the account with some of everything. @returns their ids, with hostile values among them */
export async function fillAccount(people: People, api: Api): Promise<KnownValues> {
  const owner = api.withToken(await people.tokenOf('owner'));
  const connections: string[] = [];
  for (const name of ['First CRM', 'Second CRM', 'Third CRM']) {
    const wish = { name, credentials: { api_key: 'sandbox-demo-key' } };
    const made = await owner.ask<{ connection_id: string }>('POST', '/platforms/sandbox/connections', wish);
    connections.push(made.connection_id);
  }
  const helpers: string[] = [];
  for (const helper of [...HELPERS, ...HELPERS]) {
    const wish = { name: helper.helper_type, connection_id: connections[0], ...helper };
    helpers.push((await owner.ask<{ helper_id: string }>('POST', '/helpers', wish)).helper_id);
  }
  const executions: string[] = [];
  for (const helper of helpers) {
    const path = `/helpers/${encodeURIComponent(helper)}/execute`;
    executions.push((await owner.ask<{ execution_id: string }>('POST', path, { contact_id: '1001' })).execution_id);
  }
  const keys: string[] = [];
  for (const name of ['First', 'Second']) {
    keys.push((await owner.ask<{ key_id: string }>('POST', '/api-keys', { name, permissions: ['*'] })).key_id);
  }
  const invited = await owner.ask<{ user_id?: string }>(
    'POST',
    `/accounts/${encodeURIComponent(people.accountId)}/team`,
    {
      email: `invited-${randomUUID()}@example.com`,
      role: 'viewer',
    },
  );
  const spare = [await people.further('viewer'), await people.further('member'), ...knownOf([invited.user_id])];
  return withHostile({
    account_id: [people.accountId],
    connection_id: connections,
    helper_id: helpers,
    identifier: helpers,
    execution_id: executions,
    key_id: keys,
    user_id: spare,
    platform_id: ['sandbox', 'keap', 'hubspot', 'gohighlevel'],
    type: ['tag_it', 'format_it'],
    helper_type: ['tag_it', 'format_it', 'math_it'],
    contact_id: ['1001', '1002'],
    plan: ['free', 'grow'],
    file: ['start.js'],
  });
}

const knownOf = (values: readonly (string | undefined)[]): string[] => values.filter((value) => value !== undefined);

/** What an attacker writes where an id belongs. */
const hostile = (): string[] => [
  `helper:${randomUUID()}`,
  '$ne',
  '../../internal/openapi.json',
  "' OR '1'='1",
  '\u0000',
  '%00',
  '__proto__',
  '-1',
];

/** Known ids stand several times, so that most requests reach what is behind the look-up. */
const withHostile = (known: KnownValues): KnownValues =>
  Object.fromEntries(
    Object.entries(known).map(([name, values]) => [name, [...values, ...values, ...values, ...hostile()]]),
  );
