import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ExecutionData } from '../support/api-client.js';
import { auditExecutions } from '../support/audit.js';
import { execute, newHelper } from '../support/customer.js';
import { connectByOAuth } from '../support/oauth-connection.js';
import { contactIds } from '../support/persistent-clients.js';
import { useSystem } from '../support/use-system.js';

const CONTACT = '1001';
const WAIT_SECONDS = 4;
const FIELD = { field: 'Score', operation: 'add', operand: 1 };

/** Times at which the job was handed back until later; a pause within a run has no code. */
const waits = (execution: ExecutionData) =>
  (execution.events ?? [])
    .filter((entry) => entry.type === 'waiting' && 'code' in entry.data)
    .map(({ data }) => ({ reason: data['reason'], until: Date.parse(String(data['until'])) }));

describe('a vendor fails', () => {
  const running = useSystem({
    runners: 2,
    env: { MFH_RETRY_BASE_MS: '200', MFH_CRM_TIMEOUT_MS: '1000' },
  });
  beforeEach(async () => {
    await running.system.sandbox.call('POST', '/_admin/reset', {});
  });

  it.each([
    ['in seconds', () => String(WAIT_SECONDS)],
    ['as a date', () => new Date(Date.now() + WAIT_SECONDS * 1000).toUTCString()],
  ])('is not called before the time it asks for %s', async (_form, retryAfter) => {
    const { system, customer } = running;
    // A connection of its own: a pause counts for all that runs on it.
    const connection = await customer.api.post<{ connection_id: string }>('/platforms/sandbox/connections', {
      name: _form,
      credentials: { api_key: `sandbox-key-limited-${_form.replaceAll(' ', '-')}` },
    });
    const helper = await newHelper({ ...customer, connectionId: connection.data.connection_id }, 'math_it', FIELD);
    const warm = await execute(customer, helper, '1002');
    await customer.api.ended(warm);
    await system.sandbox.forgetRequests();
    await system.sandbox.faults([
      {
        id: 'limit',
        match: { dialect: 'keap', contact_id: CONTACT },
        times: 1,
        status: 429,
        headers: { 'retry-after': retryAfter() },
      },
    ]);

    const execution = await customer.api.ended(await execute(customer, helper, CONTACT));
    expect([execution.status, execution.attempt]).toEqual(['completed', 1]);
    const [wait] = waits(execution);
    expect(wait?.reason).toBe('rate_limit');
    const { requests } = await system.sandbox.requests();
    const limited = requests.find((request) => request.status === 429);
    const later = requests.filter((request) => request.seq > (limited?.seq ?? 0));
    expect(later.length).toBeGreaterThan(0);
    // The date in the header has no milliseconds.
    const earliest = Date.parse(limited?.at ?? '') + (WAIT_SECONDS - 1) * 1000;
    expect(later.filter((request) => Date.parse(request.at) < earliest)).toEqual([]);
    expect(later.filter((request) => Date.parse(request.at) < (wait?.until ?? 0) - 50)).toEqual([]);
    await auditExecutions(customer, helper, [warm, execution.execution_id]);
  });

  it.each([
    ['a server error', { status: 503 }],
    ['silence', { latency_ms: 1_500 }],
    ['a broken connection', { drop: 'before' as const }],
  ])('is asked again after %s', async (_what, fault) => {
    const { system, customer } = running;
    const helper = await newHelper(customer, 'math_it', FIELD);
    // One run tries a reading call three times; the second run succeeds.
    await system.sandbox.faults([
      { id: 'broken', match: { dialect: 'keap', contact_id: CONTACT }, times: 3, ...fault },
    ]);
    const execution = await customer.api.ended(await execute(customer, helper, CONTACT), 60_000);
    expect([execution.status, execution.attempt]).toEqual(['completed', 2]);
    expect(waits(execution).map((wait) => wait.reason)).toEqual(['retry']);
    await auditExecutions(customer, helper, [execution.execution_id]);
  });

  it('ends an execution at once whose answer nobody can read, and one that is refused', async () => {
    const { system, customer } = running;
    const helper = await newHelper(customer, 'math_it', FIELD);
    await system.sandbox.faults([
      { id: 'garbage', match: { dialect: 'keap', contact_id: CONTACT }, status: 200, body: '{"id": "10' },
      { id: 'refused', match: { dialect: 'keap', contact_id: '1002' }, status: 403 },
    ]);
    for (const contact of [CONTACT, '1002', 'nobody']) {
      const execution = await customer.api.ended(await execute(customer, helper, contact));
      expect(execution).toMatchObject({
        status: 'failed',
        attempt: 1,
        error_class: 'give_up',
        error_code: 'crm_error',
      });
      expect(waits(execution)).toEqual([]);
    }
    const letters = await customer.api.get<{ dead_letters: unknown[] }>(`/dead-letters?helper_id=${helper}`);
    expect(letters.data.dead_letters).toEqual([]);
  });

  it('refreshes expired credentials once for all that run', async () => {
    const { system, customer } = running;
    const connectionId = await connectByOAuth(customer.api, 'ada');
    const helper = await newHelper({ ...customer, connectionId }, 'note_it', { subject: 'Expired', body: 'Once' });
    const warm = await execute(customer, helper, '1100');
    expect((await customer.api.ended(warm)).status).toBe('completed');
    const before = (await system.sandbox.requests()).token_refreshes;

    await system.sandbox.expireTokens();
    const contacts = contactIds(1001, 20);
    const ids = await Promise.all(contacts.map((contact) => execute(customer, helper, contact)));
    await auditExecutions(customer, helper, [warm, ...ids]);
    expect((await system.sandbox.requests()).token_refreshes - before).toBe(1);
    const notes = await system.sandbox.effects({ operation: 'CreateNote' });
    expect(notes.map((note) => note.contact_id).toSorted()).toEqual([...contacts, '1100'].toSorted());
  });
});
