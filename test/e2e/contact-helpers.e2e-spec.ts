import { describe, expect, it } from '@jest/globals';
import { newHelper } from './support/customer.js';
import { useSystem } from './support/use-system.js';

const running = useSystem();
const KEAP = '/keap/crm/rest/v2';

/** Runs a helper for a contact and answers how it ended. */
async function run(type: string, config: Record<string, unknown>, contact: string, input: object = {}) {
  const { customer } = running;
  const helper = await newHelper(customer, type, config);
  const accepted = await customer.byKey.post<{ execution_id: string }>(`/helper/${helper}/execute`, {
    contact_id: contact,
    input,
  });
  const { status, output, error_code: code } = await customer.api.ended(accepted.data.execution_id);
  return { status, code, data: output.modified_data, actions: output.actions };
}

const keap = async (path: string): Promise<Record<string, unknown>> => {
  const response = await fetch(`${running.system.sandbox.url}${KEAP}${path}`, {
    headers: { authorization: 'Bearer sandbox-demo-key' },
  });
  return (await response.json()) as Record<string, unknown>;
};
const contactOf = (id: string, fields = 'tag_ids,custom_fields,company,owner_id,job_title,email_addresses') =>
  keap(`/contacts/${id}?fields=${fields}`);
const tagsOf = async (id: string): Promise<string[]> => (await contactOf(id))['tag_ids'] as string[];

describe('tags of a contact in the CRM', () => {
  it('are created by group, counted, scored by name and cleared by prefix and category', async () => {
    const id = '1020';
    await run('default_to_field', { default: 'North', to_field: 'Segment' }, id);
    const grouping = await run('group_it', { field: 'Segment', tag_prefix: 'Region: ', exclusive: true }, id);
    expect(grouping.status).toBe('completed');
    await run('default_to_field', { default: 'south', to_field: 'Segment' }, id);
    await run('group_it', { field: 'Segment', tag_prefix: 'Region: ', exclusive: true }, id);
    await run('tag_it', { action: 'apply', tag_ids: ['VIP', '106'] }, id);
    const { tags } = (await keap('/tags?page_size=1000')) as { tags: { id: string; name: string }[] };
    const regions = new Map(tags.map((tag) => [tag.name, tag.id]));
    const held = await tagsOf(id);
    expect(held).toContain(regions.get('Region: south'));
    expect(held).not.toContain(regions.get('Region: North'));

    const counted = await run('count_tags', { target_field: 'Score', category: 'Lifecycle' }, id);
    expect(Number(counted.data['Score'])).toBeGreaterThanOrEqual(1);
    const rules = [
      { tag_id: 'vip', points: 10 },
      { tag_id: 'Region: south', points: '5' },
      { tag_id: 'Region: North', points: 100 },
    ];
    expect((await run('score_it', { rules, target_field: 'Score' }, id)).data).toMatchObject({ Score: '15' });
    expect(String(await running.system.sandbox.fieldOf(id, '7'))).toBe('15');

    await run('clear_tags', { mode: 'prefix', prefix: 'Region: ' }, id);
    await run('clear_tags', { mode: 'category', category: 'Interests' }, id);
    const left = await tagsOf(id);
    expect(left).not.toContain(regions.get('Region: south'));
    expect(left).not.toContain('106');
    expect(left).toContain('103');
  });

  it('are counted over contacts, in the order of tagging', async () => {
    for (const id of ['1033', '1031', '1032']) await run('tag_it', { action: 'apply', tag_ids: ['199'] }, id);
    const { data } = await run('count_it_tags', { tag_id: 'Tried the demo', save_position_to: 'Score' }, '1031');
    expect(data).toMatchObject({ total_count: 3, position: 2 });
  });
});

describe('fields of a contact in the CRM', () => {
  it('are parsed, moved, joined, updated and cleared', async () => {
    const id = '1021';
    await run('default_to_field', { default: 'Dr. Grace Hopper Jr.', to_field: 'Nickname' }, id);
    const parsed = await run('name_parse_it', { source_field: 'Nickname', suffix_field: 'Background' }, id);
    expect(parsed.data).toMatchObject({ first_name: 'Grace', last_name: 'Hopper', Background: 'Jr.' });
    await run('move_it', { source_field: 'Background', target_field: 'Segment' }, id);
    const joined = await run(
      'combine_it',
      { source_fields: 'first_name, Segment, Background', target_field: 'Nickname' },
      id,
    );
    expect(joined.data).toEqual({ Nickname: 'Grace Jr.' });
    const fields = { job_title: 'Admiral', Score: 7, Nickname: 'Hi {{first_name}}' };
    const updated = await run('contact_updater', { fields }, id, { fields: { Score: '8', Segment: 'not allowed' } });
    expect(updated.status).toBe('completed');
    await run('clear_it', { fields: ['Segment'] }, id);
    expect(await contactOf(id)).toMatchObject({ job_title: 'Admiral' });
    const { sandbox } = running.system;
    expect(await sandbox.fieldOf(id, '1')).toBe('Hi Grace');
    expect(String(await sandbox.fieldOf(id, '7'))).toBe('8');
    expect((await sandbox.fieldOf(id, '10')) ?? '').toBe('');
  });

  it('name owner and company, of which one is made', async () => {
    const ids = ['1022', '1023', '1024'];
    expect((await run('assign_it', { owner_id: 2 }, '1022')).status).toBe('completed');
    expect(await contactOf('1022')).toMatchObject({ owner_id: '2' });
    await run('own_it', { mode: 'round_robin', owner_ids: '3' }, '1022');
    expect(await contactOf('1022')).toMatchObject({ owner_id: '3' });
    for (const id of ids) await run('default_to_field', { default: '  New \t Works Ltd', to_field: 'Nickname' }, id);
    const linked = await Promise.all(ids.map((id) => run('company_link', { company_field: 'Nickname' }, id)));
    expect(linked.map(({ status }) => status)).toEqual(ids.map(() => 'completed'));
    const { companies } = (await keap('/companies?page_size=1000')) as { companies: { company_name: string }[] };
    expect(companies.filter(({ company_name: name }) => name === 'New Works Ltd')).toHaveLength(1);
  });

  it('hold what the contact is worth and how engaged it is', async () => {
    const worth = await run(
      'customer_lifetime_value',
      { lcv_total_spend: 'Lifetime Value', include_zero: true },
      '1001',
    );
    expect(worth.status).toBe('completed');
    const engaged = await run('email_engagement', { score_field: 'Score', segment_field: 'Segment' }, '1002');
    expect(engaged.status).toBe('completed');
    expect(engaged.data).toMatchObject({ engagement_level: 'disengaged', engagement_score: 0 });
    // One open and one click, long ago: half of what they are worth.
    const ever = await run('email_engagement', { lookback_days: 36_500 }, '1002');
    expect(ever.data).toMatchObject({ engagement_level: 'engaged', engagement_score: 2, engagement_segment: 'cold' });
    expect((await run('found_it', { check_field: 'email', found_tag_id: '103' }, '1002')).data).toEqual({
      found: true,
    });
  });
});

describe('the marketing status in the CRM', () => {
  it('changes first, and back only where the CRM lets it', async () => {
    const id = '1025';
    const email = ((await contactOf(id))['email_addresses'] as { email: string }[])[0]?.email ?? '';
    const out = await run(
      'opt_out',
      { reason: 'Asked by phone', category: 'user_request', unsubscribe_tag: '105' },
      id,
    );
    expect(out).toMatchObject({ status: 'completed', data: { email, action: 'opt_out' } });
    const status = () => keap(`/emailAddresses/${encodeURIComponent(email)}/status`);
    expect(await status()).toMatchObject({ opted_in: false });
    expect(await tagsOf(id)).toContain('105');
  });

  it('changes without a reason, too', async () => {
    expect((await run('opt_out', {}, '1026')).status).toBe('completed');
    expect((await run('opt_in', {}, '1027')).status).toBe('completed');
  });
});
