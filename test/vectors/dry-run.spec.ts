import { describe, expect, test } from '@jest/globals';
import { dryRunHelper, helperCatalogue, runHelper, type DryRunReport, type HelperDefinition } from '#helpers';
import { isWrite, World, type VectorCase } from '#helper-testing';
import { expectationOf, typesWithCases } from './support/all-cases.js';

const dryRun = (definition: HelperDefinition, world: World): Promise<DryRunReport> =>
  dryRunHelper(definition, world.ports, world.job, async (_, key) => world.counters.counters.get(key) ?? 0);

const cases = typesWithCases.flatMap(({ definition, cases }) =>
  cases
    .filter((vector) => expectationOf(vector).valid_config !== false)
    .map((vector) => ({ id: vector.id, vector, definition })),
);

/** Everything in which a run leaves traces. */
const traces = (world: World) => ({
  calls: world.crm.calls.filter(isWrite),
  contacts: world.crm.contacts.ids().map((id) => world.crm.contacts.get(id)),
  // Looking up where an address is, and renewing credentials, is reading.
  requests: world.http.requests.filter(({ method, url }) => method !== 'GET' && !url.endsWith('/token')),
  counters: [...world.counters.counters],
  state: [...world.state.values],
  enqueued: world.children.enqueued,
  journal: world.journal.intents,
  mails: world.mail.sent,
  files: world.files.stored,
  notifications: world.notifications.delivered,
});

describe('a dry run leaves no trace', () => {
  test.each(cases)('$id', async ({ vector, definition }) => {
    const world = new World(vector);
    const before = structuredClone(traces(world));
    const report = await dryRun(definition, world);
    expect(traces(world)).toEqual(before);
    expect(report.error?.code).not.toBe('internal_error');
  });
});

/** Cases in which no answer of somebody else decides. */
const alone = ({ vector }: { vector: VectorCase }): boolean =>
  vector.http === undefined &&
  vector.state?.down !== true &&
  vector.crm?.errors === undefined &&
  vector.crm?.fail === undefined &&
  vector.nondeterministic !== true;

type Call = DryRunReport['calls'][number];

/** Ids that only a CRM can give. */
const NEW_ID = /new-\w+-\d+|dry-run-[\w-]+/g;

describe('a dry run says what the run then does', () => {
  test.each(cases.filter(alone))('$id', async ({ vector, definition }) => {
    const report = await dryRun(definition, new World(vector));
    const world = new World(vector);
    const outcome = await runHelper(definition, world.ports, world.job);
    if (world.http.requests.length > 0 || report.http.length > 0) return;
    expect(report.would_succeed).toBe(outcome.success);
    const made = report.calls.some(({ op }) => op === 'CreateTag' || op === 'CreateContact');
    const comparable = (calls: readonly Call[]): string[] =>
      calls.map(({ op, args }) => (made ? op : `${op} ${JSON.stringify(args).replace(NEW_ID, 'new')}`));
    expect(comparable(report.calls)).toEqual(comparable(world.crm.calls.filter(isWrite)));
  });
});

function definitionOf(type: string): HelperDefinition {
  const definition = helperCatalogue.get(type);
  if (definition === undefined) throw new Error(`${type} is missing`);
  return definition;
}

const caseOf = (type: string, more: Partial<VectorCase>): VectorCase => ({
  id: `${type}/dry-run`,
  type,
  config: {},
  contact: { id: 'c-1' },
  identity: { user_id: 'user:u1', account_id: 'account:a1', helper_id: 'helper:h1', depth: 0 },
  expect: {},
  ...more,
});

test('fields are shown before and after, tags only when they change', async () => {
  const math = caseOf('math_it', {
    config: { operation: 'add', field: 'score', value: 2 },
    contact: { id: 'c-1', custom_fields: { score: '40' } },
  });
  const counted = await dryRun(definitionOf('math_it'), new World(math));
  expect(counted.fields).toEqual([{ field: 'score', before: '40', after: expect.anything() }]);
  expect(Number(counted.fields[0]?.after)).toBe(42);
  const tags = caseOf('tag_it', {
    config: { action: 'apply', tag_ids: ['1', '2'] },
    contact: { id: 'c-1', tags: [{ id: '1', name: 'Customer' }] },
  });
  const tagged = await dryRun(definitionOf('tag_it'), new World(tags));
  expect(tagged.tags).toEqual({ added: ['2'], removed: [] });
  expect(tagged.calls).toEqual([
    { op: 'ApplyTag', args: ['c-1', '1'] },
    { op: 'ApplyTag', args: ['c-1', '2'] },
  ]);
});

test('requests are shown without the credentials they carry', async () => {
  const hook = caseOf('hook_it', {
    config: {
      mode: 'v2',
      webhook_url: 'https://hooks.example.com/in?key=s3cr3t-token',
      auth_type: 'bearer',
      auth_token: 's3cr3t-token',
    },
    contact: { id: 'c-1', email: 'jane@example.com' },
  });
  const report = await dryRun(definitionOf('hook_it'), new World(hook));
  expect(report.http).toHaveLength(1);
  expect(report.http[0]?.url).toBe('https://hooks.example.com/in?key=********');
  expect(report.warnings.join(' ')).toContain('https://hooks.example.com was not sent');
  expect(JSON.stringify(report)).not.toContain('s3cr3t');
});

test('a configuration that cannot run is the reason, and nothing is read', async () => {
  const world = new World(caseOf('tag_it', { config: { action: 'apply' } }));
  const report = await dryRun(definitionOf('tag_it'), world);
  expect(report).toMatchObject({ would_succeed: false, error: { code: 'invalid_config' }, calls: [] });
  expect(world.crm.calls).toEqual([]);
});
