import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '#testing';
import type { Role } from '#contracts';
import { apiOperations, type ApiOperation } from './support/api-operations.js';
import { execute, newCustomer, newHelper, PASSWORD, type Customer } from './support/customer.js';
import { errorFormFaults } from './support/error-forms.js';
import { expiredLike, newMember, type Member } from './support/members.js';
import { RunningSystem } from './support/running-system.js';

const ROLES: readonly Role[] = ['owner', 'admin', 'member', 'viewer', 'client'];
/** Routes of the caller alone, which end the session or the standing of who calls them. */
const ENDS_SESSIONS = /^\/(auth|accounts|oauth|invitations)\b/;
/** What needs no right: the own person, the own plan, and catalogues that are the same for everybody. */
const OWN_OR_COMMON = /^\/(auth|oauth|accounts|invitations|notifications|billing|platforms|helpers\/types)(\/|$)/;
const STREAM = '/executions/stream';
const NO_TOKEN = new Set(['auth.unauthorized', 'auth.invalid_token']);

let system: RunningSystem;
let customer: Customer;
let victim: Customer;
let members: Member[];
let everyOperation: ApiOperation[];
let operations: ApiOperation[];
let isAllowed: typeof import('#contracts').isAllowed;
/** Objects of the victim by the name that paths give them. */
let foreign: Record<string, string>;

beforeAll(async () => {
  system = await RunningSystem.start({ env: { MFH_MAX_ATTEMPTS: '1' } });
  [customer, victim] = [await newCustomer(system), await newCustomer(system)];
  members = [];
  for (const role of ROLES) members.push(await newMember(system, customer.accountId, role));
  everyOperation = await apiOperations(system.api);
  operations = everyOperation.filter(({ needsToken }) => needsToken);
  // Subjects are fixed when these are loaded: not before the suite's own prefix is known.
  ({ isAllowed } = await import('#contracts'));
  const helper = await newHelper(victim, 'math_it', { field: 'Score', operation: 'add', operand: 1 });
  const keys = (await victim.api.get<{ key_id: string }[]>('/api-keys')).data;
  const { sessions } = (await victim.api.get<{ sessions: { session_id: string }[] }>('/auth/sessions')).data;
  foreign = {
    account_id: victim.accountId,
    connection_id: victim.connectionId,
    helper_id: helper,
    identifier: helper,
    execution_id: await execute(victim, helper, '1001'),
    key_id: keys[0]?.key_id ?? '',
    session_id: sessions[0]?.session_id ?? '',
  };
});
afterAll(async () => system.stop());

/** A name that is nobody's, in the form of an id where routes look at the form. */
const nobodys = (name: string): string =>
  ({
    platform_id: 'sandbox',
    platform: 'sandbox',
    type: 'tag_it',
    plan: 'grow',
    file: 'start.js',
    api_key: 'key',
    account_id: customer.accountId,
  })[name] ?? `${name.replace(/_?id$/, '') || 'thing'}:00000000-0000-7000-8000-000000000000`;

interface Outcome {
  status: number;
  code: string | undefined;
}

/** Calls a route with a body that changes nothing; a stream that begins counts as its answer. */
async function probe(
  headers: Record<string, string>,
  { method, path, body }: ApiOperation,
  objects: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(objects[name] ?? nobodys(name)));
  const response = await fetch(system.url + filled, {
    method,
    redirect: 'manual',
    headers: { 'content-type': 'application/json', ...headers },
    ...(body !== undefined && { body: '{}' }),
    signal: AbortSignal.timeout(20_000),
  });
  const streams = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (!streams) {
    const answer = (await response.json().catch(() => ({}))) as { code?: string };
    return { status: response.status, code: answer.code };
  }
  await response.body?.cancel();
  return { status: response.status, code: undefined };
}

const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
const isDenial = ({ status, code }: Outcome): boolean => status === 403 && code === 'account.permission_denied';
const knowsCaller = ({ status, code }: Outcome): boolean => status !== 401 || !NO_TOKEN.has(code ?? '');

/** Calls every route as every role; answers those whose outcome is not as wanted. */
async function faultsOf(
  routes: readonly ApiOperation[],
  objects: Readonly<Record<string, string>>,
  isWanted: (outcome: Outcome, role: Role, route: ApiOperation) => boolean,
): Promise<unknown[]> {
  const faults: unknown[] = [];
  for (const { role, signIn } of members) {
    let token = await signIn();
    for (const route of routes) {
      const outcome = await probe(bearer(token), route, objects);
      if (!isWanted(outcome, role, route)) faults.push([role, route.name, outcome]);
      if (ENDS_SESSIONS.test(route.path)) token = await signIn();
    }
  }
  return faults;
}

describe('every route by every role', () => {
  it('has its right from the table: who lacks it is denied, whatever else is wrong; who has it is not', async () => {
    const routes = operations.filter(({ right }) => right !== undefined);
    expect(routes.length).toBeGreaterThan(30);
    const faults = await faultsOf(routes, {}, (outcome, role, { right }) => {
      const allowed = right !== undefined && isAllowed(role, right);
      return allowed ? !isDenial(outcome) && knowsCaller(outcome) : isDenial(outcome);
    });
    expect(faults).toEqual([]);
  });

  it('is open to every member where it names no right', async () => {
    const routes = operations.filter(({ right }) => right === undefined);
    expect(routes.map(({ path }) => path).filter((path) => !OWN_OR_COMMON.test(path))).toEqual([]);
    const faults = await faultsOf(routes, {}, (outcome) => !isDenial(outcome) && knowsCaller(outcome));
    expect(faults).toEqual([]);
  });

  it('knows no object of another account, and denies first', async () => {
    const routes = operations.filter(({ parameters }) => parameters.some((name) => name in foreign));
    expect(routes.length).toBeGreaterThan(20);
    const faults = await faultsOf(routes, foreign, (outcome, role, { right, parameters, body }) => {
      // The role in the account of a path counts there, and nobody here has one there.
      const denied = right !== undefined && !isAllowed(role, right) && !parameters.includes('account_id');
      if (denied) return isDenial(outcome);
      return outcome.status === 404 || (body !== undefined && [400, 422].includes(outcome.status));
    });
    expect(faults).toEqual([]);
  });

  it('takes keys only where it says so, and gives them no right that their scope lacks', async () => {
    const narrow = await customer.api.post<{ key: string }>('/api-keys', { name: 'Chat', permissions: ['chat'] });
    const faults: unknown[] = [];
    for (const route of operations) {
      const [all, none] = [
        await probe({ 'x-api-key': customer.key }, route),
        await probe({ 'x-api-key': narrow.data.key }, route),
      ];
      if (isDenial(all) === route.takesKeys) faults.push([route.name, 'a key with all scopes', all]);
      if (!isDenial(none) && !/^\/chat\b/.test(route.path)) faults.push([route.name, 'a key for the chat', none]);
    }
    expect(faults).toEqual([]);
  });
});

describe('every route', () => {
  it('refuses in the envelope whose error is a text, and as a pure problem where that is asked for', async () => {
    expect(await errorFormFaults(system, everyOperation, 'string')).toEqual([]);
  });

  const refusing = async (headers: Record<string, string>): Promise<unknown[]> => {
    const faults: unknown[] = [];
    for (const route of operations) {
      const outcome = await probe(headers, route, foreign);
      if (outcome.status !== 401) faults.push([route.name, outcome]);
    }
    return faults;
  };
  /** Until every service has heard of it, which takes two seconds at most. */
  const allRefuse = async (headers: Record<string, string>): Promise<void> => {
    const ofEachService = ['/auth/status', '/accounts', '/helpers', '/platform-connections', '/billing', STREAM];
    for (const path of ofEachService) {
      const route = operations.find(({ name }) => name === `GET ${path}`);
      if (route === undefined) throw new Error(`There is no GET ${path} any more: name another route of its service`);
      const refuses = async () => (await probe(headers, route)).status === 401;
      await waitFor(refuses, { deadlineMs: 10_000, what: `${path} to refuse` });
    }
  };

  it('refuses a token that has expired', async () => {
    expect(await refusing(bearer(await expiredLike(system, customer.token)))).toEqual([]);
  });

  it('refuses the token of a session that was ended', async () => {
    const token = await (members[0] as Member).signIn();
    const api = system.api.withToken(token);
    await api.post('/auth/logout', {});
    await allRefuse(bearer(token));
    expect(await refusing(bearer(token))).toEqual([]);
  });

  it('refuses tokens from before the password was changed', async () => {
    const person = await newCustomer(system);
    const before = (
      await system.api.post<{ token: string }>('/auth/login', { email: person.email, password: PASSWORD })
    ).data.token;
    const change = { current_password: PASSWORD, new_password: 'Other-Horse-8' };
    expect((await person.api.request('PUT', '/auth/password', change)).status).toBe(200);
    await allRefuse(bearer(before));
    expect(await refusing(bearer(before))).toEqual([]);
  });

  it('refuses a key that was revoked, and one that has expired', async () => {
    const keys = [];
    for (const expires_at of [undefined, new Date(Date.now() + 3_000).toISOString()]) {
      const wish = { name: 'Short-lived', permissions: ['*'], ...(expires_at !== undefined && { expires_at }) };
      keys.push((await customer.api.post<{ key_id: string; key: string }>('/api-keys', wish)).data);
    }
    const [revoked, expiring] = keys;
    for (const key of keys) expect((await system.api.withKey(key.key).get('/helpers')).status).toBe(200);
    await customer.api.request('DELETE', `/api-keys/${revoked?.key_id ?? ''}`);
    for (const key of [revoked, expiring]) {
      await allRefuse({ 'x-api-key': key?.key ?? '' });
      expect(await refusing({ 'x-api-key': key?.key ?? '' })).toEqual([]);
    }
  });
});
