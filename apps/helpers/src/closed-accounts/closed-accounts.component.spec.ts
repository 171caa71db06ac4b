import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, scopeOf } from '#contracts';
import { Database, ensureIndexes, PersistenceConfig } from '#persistence';
import { freshEnvironment } from '#testing';
import type { ExecutionRequest } from '../accept-execution/execution-request.js';
import type { ExecutionRecord } from '../domain/execution-record.js';
import { ExecutionsRepository } from '../persistence/executions.repository.js';
import { AccountClosings } from './account-closings.repository.js';
import { AccountGate } from './account-gate.js';
import { ClosedAccounts } from './closed-accounts.js';

const environment = freshEnvironment();
const database = new Database('closed-accounts', PersistenceConfig.parse(process.env));
const closings = new AccountClosings(database);
const executions = new ExecutionsRepository(database);
const gate = () => new AccountGate(new ClosedAccounts(closings), executions);
const ERASE_AT = new Date(Date.now() + 30 * 86_400_000);

beforeAll(async () => {
  await database.connect();
  await ensureIndexes(database);
});
afterAll(async () => {
  await database.close();
  await environment.dispose();
});

const close = (accountId: string, revision: number) =>
  closings.follow(scopeOf(accountId), { closed: true, erase_at: ERASE_AT, revision });
const restore = (accountId: string, revision: number) =>
  closings.follow(scopeOf(accountId), { closed: false, revision });
const isClosed = async (accountId: string) => (await closings.closed([accountId])).length === 1;

function record(accountId: string, fields: Partial<ExecutionRecord> = {}): ExecutionRecord {
  const id = newId('exec');
  const at = new Date();
  return {
    _id: id,
    account_id: accountId,
    version: 1,
    created_at: at,
    updated_at: at,
    helper_id: 'helper:1',
    helper_type: 'note_it',
    helper_name: 'Note',
    config: {},
    input: {},
    query_params: {},
    status: 'pending',
    trigger_type: 'api',
    lane: 'live',
    attempt: 1,
    depth: 0,
    journal_id: id,
    trace_id: '1f',
    traceparent: '',
    open: true,
    held: false,
    publication: 1,
    accepted_by: 'here',
    events: [],
    ...fields,
  };
}
const request = (accountId: string, trigger: ExecutionRequest['trigger']) =>
  ({ accountId, trigger }) as ExecutionRequest;

describe('what accounts says of an account', () => {
  it('counts in the order of its revisions, not of its arrival', async () => {
    const account = newId('account');
    await restore(account, 3);
    await close(account, 2);
    expect(await isClosed(account)).toBe(false);
    await close(account, 4);
    await restore(account, 3);
    expect(await isClosed(account)).toBe(true);
    await restore(account, 5);
    expect(await isClosed(account)).toBe(false);
  });
});

describe('the gate', () => {
  it('refuses what is asked for in a closed account, but not what had begun before', async () => {
    const [closed, open] = [newId('account'), newId('account')];
    await close(closed, 2);
    const asked = [request(closed, 'api'), request(closed, 'webhook'), request(closed, 'chain'), request(open, 'api')];
    expect([...(await gate().refused(asked))]).toEqual(asked.slice(0, 2));
  });

  it('believes an open account for a moment, and a closed one never', async () => {
    const account = newId('account');
    await close(account, 2);
    const one = gate();
    expect((await one.refused([request(account, 'api')])).size).toBe(1);
    await restore(account, 3);
    expect((await one.refused([request(account, 'api')])).size).toBe(0);
  });

  it('holds executions of a closed account until it is erased, and lets them go on when it is restored', async () => {
    const [closed, open] = [newId('account'), newId('account')];
    await close(closed, 2);
    const [own, later, others] = [
      record(closed),
      record(closed, {
        held: true,
        hold: 'wait',
        not_before: ERASE_AT,
        waiting: { reason: 'schedule', until: ERASE_AT },
      }),
      record(open),
    ];
    await executions.insertAccepted([own, later, others]);
    expect(await gate().admit([own, others])).toEqual([others]);
    expect(await executions.inStreamOf(closed, 10)).toEqual([]);
    const [held] = await executions.byIds([own._id]);
    expect(held).toMatchObject({
      held: true,
      not_before: ERASE_AT,
      waiting: { reason: 'account_closing', until: ERASE_AT },
    });
    const now = new Date();
    await executions.restedGoOn(closed, now);
    const due = await executions.due(now, 10);
    expect(due.map(({ _id }) => _id)).toEqual([own._id]);
  });
});
