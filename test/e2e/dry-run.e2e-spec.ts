import { describe, expect, it } from '@jest/globals';
import { newHelper } from './support/customer.js';
import { useSystem } from './support/use-system.js';

const running = useSystem({ env: { MFH_DRY_RUNS_PER_MINUTE: '8', MFH_LIMITS: 'standard' } });

interface DryRun {
  helper_id: string;
  contact_id?: string;
  would_succeed: boolean;
  error?: { code: string };
  calls: { op: string; args: unknown[] }[];
  fields: { field: string; before: unknown; after: unknown }[];
  tags: { added: string[]; removed: string[] };
  http: { method: string; url: string; headers: Record<string, string>; body: string }[];
}

const CONTACT = '1003';

describe('a dry run', () => {
  const dryRun = async (helper: string, body: Record<string, unknown> = { contact_id: CONTACT }) =>
    running.customer.api.post<DryRun>(`/helpers/${helper}/dry-run`, body);
  const changes = async () => (await running.system.sandbox.effects({ contactId: CONTACT })).length;

  it('shows fields before and after, counts nothing and changes nothing', async () => {
    const { api } = running.customer;
    const helper = await newHelper(running.customer, 'math_it', { field: 'Score', operation: 'add', operand: 1 });
    const before = await changes();
    const { status, data } = await dryRun(helper);
    expect(status).toBe(200);
    expect(data).toMatchObject({ helper_id: helper, contact_id: CONTACT, would_succeed: true });
    expect(data.calls.map(({ op }) => op)).toEqual(['SetContactFieldValue']);
    expect(Number(data.fields[0]?.after)).toBe(Number(data.fields[0]?.before ?? 0) + 1);
    expect(await changes()).toBe(before);
    const executions = await api.get<{ executions: unknown[] }>(`/executions?helper_id=${helper}`);
    expect(executions.data.executions).toEqual([]);
  });

  it('sends no request to anybody and shows no secret', async () => {
    const helper = await newHelper(running.customer, 'hook_it', {
      mode: 'v2',
      webhook_url: 'https://hooks.invalid/in',
      auth_type: 'bearer',
      auth_token: 'bearer-secret-1',
    });
    const { data } = await dryRun(helper);
    expect(data.http).toHaveLength(1);
    expect(data.http[0]).toMatchObject({ method: 'POST', url: 'https://hooks.invalid/in' });
    expect(JSON.stringify(data)).not.toContain('bearer-secret-1');
  });

  it('tries drafts, disabled helpers and other configurations', async () => {
    const { api } = running.customer;
    const helper = await newHelper(running.customer, 'tag_it', {});
    expect((await dryRun(helper)).data).toMatchObject({ would_succeed: false, error: { code: 'invalid_config' } });
    await api.request('PUT', `/helpers/${helper}`, { enabled: false });
    const config = { action: 'apply', tag_ids: ['101'] };
    const { data } = await dryRun(helper, { contact_id: CONTACT, config });
    expect(data.calls).toEqual([{ op: 'ApplyTag', args: [CONTACT, '101'] }]);
  });

  it('is refused for unknown helpers, unknown properties, and beyond the limit', async () => {
    const helper = await newHelper(running.customer, 'tag_it', {});
    expect((await dryRun('helper:00000000-0000-7000-8000-000000000000')).status).toBe(404);
    expect((await dryRun(helper, { contact: CONTACT })).status).toBe(422);
    const answers = await Promise.all(Array.from({ length: 10 }, () => dryRun(helper)));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
  });
});
