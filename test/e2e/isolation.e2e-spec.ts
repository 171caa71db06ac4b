import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APP_CLIENTS, LinkingApp } from '#testing';
import type { ApiAnswer, ApiClient } from './support/api-client.js';
import { apiOperations, filledPath, type ApiOperation } from './support/api-operations.js';
import { execute, newCustomer, newHelper, PASSWORD, type Customer } from './support/customer.js';
import { newDeadLetter } from './support/dead-letter.js';
import { RunningSystem } from './support/running-system.js';

/** Names in paths that belong to no account; every other name must be one of the victim's objects. */
const PUBLIC_NAMES = { platform_id: 'sandbox', type: 'tag_it', plan: 'grow', file: 'start.js' };

/** Bodies that the routes accept, so that a refusal is about the object and not about the body. */
const BODIES: Readonly<Record<string, unknown>> = {
  ChangeAccount: { name: 'Taken over' },
  CloseAccount: { password: 'Correct-Horse-7', confirm: 'Test Person' },
  OpenAccount: { name: 'Taken over' },
  TransferOwnership: { user_id: 'user:nobody', password: 'Correct-Horse-7' },
  InviteMember: { email: 'taken-over@example.com' },
  ChangeMemberRole: { role: 'viewer' },
  UpdateHelper: { name: 'Taken over', enabled: false },
  UpdateConnection: { name: 'Taken over' },
  ExecuteHelper: { contact_id: '1001' },
  DryRunHelper: { contact_id: '1001' },
  CancelExecution: {},
  Replay: {},
  RotateApiKey: {},
  NewTrigger: { event: 'contact_created' },
};

let system: RunningSystem;
let victim: Customer;
let attacker: Customer;
let operations: ApiOperation[];
let foreign: Record<string, string>;
let absent: Record<string, string>;
let shortKey: string;

beforeAll(async () => {
  system = await RunningSystem.start({ env: { MFH_MAX_ATTEMPTS: '1', AUTH_APP_CLIENTS: APP_CLIENTS } });
  [victim, attacker] = [await newCustomer(system), await newCustomer(system)];
  operations = await apiOperations(system.api);
  const deadLetter = await newDeadLetter(system, victim, '1150');
  const helper = await newHelper(victim, 'math_it', { field: 'Score', operation: 'add', operand: 1 });
  const executionId = await execute(victim, helper, '1001');
  await victim.api.ended(executionId);
  const snapshot = await execute(victim, await newHelper(victim, 'snapshot_it', {}), '1001');
  const { output } = await victim.api.ended(snapshot);
  const snapshotId = String(output.modified_data['id']);
  const trigger = await victim.api.post<{ trigger_id: string }>(`/helpers/${helper}/triggers`, {
    event: 'tag_applied',
  });
  const keys = (await victim.api.get<{ key_id: string }[]>('/api-keys')).data;
  const { sessions } = (await victim.api.get<{ sessions: { session_id: string }[] }>('/auth/sessions')).data;
  const invited = { email: `invited-${Date.now()}@example.com` };
  await victim.api.post(`/accounts/${victim.accountId}/team`, invited);
  type Invitations = { invitations: { invitation_id: string }[] };
  const { invitations } = (await victim.api.get<Invitations>(`/accounts/${victim.accountId}/invitations`)).data;
  const { user_id } = (await victim.api.get<{ user_id: string }>('/auth/status')).data;
  const app = new LinkingApp(system.url);
  await app.redeem(await app.link(victim.email, PASSWORD));
  const { grants } = (await victim.api.get<{ grants: { grant_id: string }[] }>('/auth/grants')).data;
  shortKey = (await victim.api.get<{ short_key: string }>(`/helpers/${helper}`)).data.short_key;
  foreign = {
    account_id: victim.accountId,
    user_id,
    invitation_id: invitations[0]?.invitation_id ?? '',
    key_id: keys[0]?.key_id ?? '',
    session_id: sessions[0]?.session_id ?? '',
    grant_id: grants[0]?.grant_id ?? '',
    // Kept by the payment provider, and there is none here: the tests of billing look for those of others.
    payment_method_id: 'pm_of_the_victim',
    helper_id: helper,
    identifier: helper,
    execution_id: executionId,
    connection_id: victim.connectionId,
    dead_letter_id: deadLetter.dead_letter_id,
    snapshot_id: snapshotId,
    other_id: snapshotId,
    trigger_id: trigger.data.trigger_id,
  };
  expect(Object.entries(foreign).filter(([, id]) => id === '')).toEqual([]);
  // Subjects are fixed when these are loaded: not before the suite's own prefix is known.
  const { newId } = await import('#contracts');
  absent = {
    account_id: newId('account'),
    user_id: newId('user'),
    invitation_id: newId('inv'),
    key_id: newId('apikey'),
    session_id: newId('ses'),
    grant_id: newId('grant'),
    payment_method_id: 'pm_absent',
    helper_id: newId('helper'),
    identifier: newId('helper'),
    execution_id: newId('exec'),
    connection_id: newId('connection'),
    dead_letter_id: newId('dlq'),
    snapshot_id: '0'.repeat(32),
    other_id: '1'.repeat(32),
    trigger_id: newId('trg'),
  };
});
afterAll(async () => system.stop());

const common = () => ({ ...PUBLIC_NAMES, api_key: attacker.key });

function call(client: ApiClient, operation: ApiOperation, ids: Record<string, string>): Promise<ApiAnswer> {
  const { name, method, path, body } = operation;
  if (body !== undefined && !(body in BODIES)) throw new Error(`${name} takes a ${body}: add a valid one`);
  return client.request(
    method,
    filledPath(path, { ...common(), ...ids }),
    body === undefined ? undefined : BODIES[body],
  );
}

/** What a caller can tell two refusals apart by. */
const visible = ({ status, body }: ApiAnswer): unknown => {
  const { instance: _path, trace_id: _trace, ...rest } = body;
  return { status, ...rest };
};

const withObjects = (): ApiOperation[] =>
  operations.filter(
    ({ parameters, needsToken }) =>
      needsToken && parameters.some((name) => !(name in PUBLIC_NAMES) && name !== 'api_key'),
  );

describe('every route that names an object', () => {
  it('answers 404 for the object of another account, exactly as for one that does not exist', async () => {
    expect(withObjects().length).toBeGreaterThan(20);
    const faults: unknown[] = [];
    for (const operation of withObjects()) {
      for (const client of operation.takesKeys ? [attacker.api, attacker.byKey] : [attacker.api]) {
        const [theirs, none] = [await call(client, operation, foreign), await call(client, operation, absent)];
        const same = JSON.stringify(visible(theirs)) === JSON.stringify(visible(none));
        if (theirs.status !== 404 || !same) faults.push([operation.name, visible(theirs), visible(none)]);
      }
    }
    expect(faults).toEqual([]);
  });

  it('does not know the short key of another account either', async () => {
    for (const path of [
      `/helper/${shortKey}/execute`,
      `/helpers/${shortKey}/execute`,
      `/helper/${attacker.key}/${shortKey}`,
    ]) {
      expect([path, (await attacker.byKey.post(path, {})).status]).toEqual([path, 404]);
    }
  });

  it('leaves everything of the victim as it was', async () => {
    const { api } = victim;
    expect((await api.get(`/helpers/${foreign['helper_id']}`)).data).toMatchObject({ name: 'math_it', enabled: true });
    expect((await api.get(`/platform-connections/${victim.connectionId}`)).data).toMatchObject({ name: 'Demo CRM' });
    expect((await api.get(`/dead-letters/${foreign['dead_letter_id']}`)).data).toMatchObject({ status: 'open' });
    expect((await api.get(`/accounts/${victim.accountId}`)).data).not.toMatchObject({ name: 'Taken over' });
    expect((await victim.byKey.get('/helpers')).status).toBe(200);
    const executions = (await api.get<{ executions: unknown[] }>('/executions')).data.executions;
    expect(executions).toHaveLength(3);
    expect((await api.get<{ snapshots: unknown[] }>('/helpers/snapshots')).data.snapshots).toHaveLength(1);
  });
});

describe('routes that take an object in the query or the body', () => {
  it('find nothing of another account', async () => {
    const { helper_id: helper, connection_id: connection, execution_id: execution } = foreign;
    for (const query of [`helper_id=${helper}`, `connection_id=${connection}`, `parent_id=${execution}`]) {
      expect((await attacker.api.get<{ executions: unknown[] }>(`/executions?${query}`)).data.executions).toEqual([]);
      const letters = await attacker.api.get<{ dead_letters: unknown[] }>(`/dead-letters?${query}`);
      if (letters.status === 200) expect(letters.data.dead_letters).toEqual([]);
    }
    const replayed = await attacker.api.post('/dead-letters/replay', { filter: { helper_id: helper } });
    expect(replayed.data).toMatchObject({ matched: 0, replayed: 0 });
  });

  it('refuse a connection of another account in a helper', async () => {
    const body = { name: 'Mine', helper_type: 'math_it', connection_id: victim.connectionId, config: {} };
    expect((await attacker.api.post('/helpers', body)).status).toBe(404);
    const own = await newHelper(attacker, 'math_it', { field: 'Score', operation: 'add', operand: 1 });
    const changed = await attacker.api.request('PUT', `/helpers/${own}`, { connection_id: victim.connectionId });
    expect(changed.status).toBe(404);
  });

  it('refuse to switch into another account, and a list position of another account', async () => {
    const switched = await attacker.api.post('/accounts/switch', { account_id: victim.accountId });
    const nowhere = await attacker.api.post('/accounts/switch', { account_id: absent['account_id'] });
    expect(switched.status).toBeGreaterThanOrEqual(403);
    expect(visible(switched)).toEqual(visible(nowhere));
    const page = await victim.api.get<{ next_token: string }>('/executions?limit=1');
    const stolen = await attacker.api.get(`/executions?limit=1&next_token=${page.data.next_token}`);
    expect(stolen.status).toBe(400);
  });
});

describe('every route that is not public', () => {
  it('answers 401 without a token and with a forged one', async () => {
    const faults: unknown[] = [];
    for (const operation of operations.filter(({ needsToken }) => needsToken)) {
      const ids = { ...foreign, api_key: 'key' };
      for (const client of [
        system.api,
        system.api.withToken('eyJhbGciOiJub25lIn0.e30.'),
        system.api.withKey(`mfh_live_${'0'.repeat(64)}`),
      ]) {
        const path = filledPath(operation.path, { ...common(), ...ids });
        const answer = await client.request(operation.method, path, operation.body === undefined ? undefined : {});
        const known = answer.body.success === false && answer.headers.has('www-authenticate');
        if (answer.status !== 401 || !known) faults.push([operation.name, visible(answer)]);
      }
    }
    expect(faults).toEqual([]);
  });

  it('believes no internal token from outside', async () => {
    const headers = { 'x-internal-token': victim.token };
    expect((await system.api.get('/helpers', headers)).status).toBe(401);
    expect((await system.api.post('/executions/stream/ticket', {}, headers)).status).toBe(401);
  });
});
