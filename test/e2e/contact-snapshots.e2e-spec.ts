import { beforeAll, describe, expect, it } from '@jest/globals';
import { execute, newCustomer, newHelper } from './support/customer.js';
import { useSystem } from './support/use-system.js';

const running = useSystem();
const CONTACT = '1011';
const OTHER = '1012';

interface Item {
  snapshot_id: string;
  contact_id: string;
  execution_id: string;
}

let helper: string;
let taken: string[];

async function snapshotOf(contact: string): Promise<string> {
  const execution = await running.customer.api.ended(await execute(running.customer, helper, contact));
  expect(execution.status).toBe('completed');
  return String(execution.output.modified_data['id']);
}

async function change(config: Record<string, unknown>, type: string): Promise<void> {
  const changing = await newHelper(running.customer, type, config);
  const ended = await running.customer.api.ended(await execute(running.customer, changing, CONTACT));
  expect(ended.status).toBe('completed');
}

beforeAll(async () => {
  helper = await newHelper(running.customer, 'snapshot_it', { keep_days: 30 });
  taken = [await snapshotOf(CONTACT)];
  await change({ default: 'Changed', to_field: 'job_title' }, 'default_to_field');
  await change({ action: 'apply', tag_ids: ['199'] }, 'tag_it');
  taken.push(await snapshotOf(CONTACT), await snapshotOf(OTHER));
});

describe('snapshots of contacts', () => {
  it('are listed newest first, by contact, page by page', async () => {
    const { api } = running.customer;
    const list = async (query: string) =>
      (await api.get<{ snapshots: Item[]; page_info: { next_cursor: string | null } }>(`/helpers/snapshots?${query}`))
        .data;
    const all = await list(`contact_id=${CONTACT}`);
    expect(all.snapshots.map(({ snapshot_id: id }) => id)).toEqual([taken[1], taken[0]]);
    const first = await list('limit=2');
    const rest = await list(`limit=2&cursor=${encodeURIComponent(first.page_info.next_cursor ?? '')}`);
    expect([...first.snapshots, ...rest.snapshots].map(({ snapshot_id: id }) => id)).toEqual([...taken].reverse());
  });

  it('are read and compared', async () => {
    const { api } = running.customer;
    const { data: read } = await api.get<{ data: Record<string, unknown> }>(`/helpers/snapshots/${taken[1]}`);
    expect(read.data).toMatchObject({ contact_id: CONTACT, job_title: 'Changed' });
    const { data } = await api.get<Record<string, unknown>>(`/helpers/snapshots/${taken[0]}/compare/${taken[1]}`);
    expect(data['fields']).toEqual(
      expect.arrayContaining([expect.objectContaining({ field: 'job_title', to: 'Changed' })]),
    );
    expect(data['tags_added']).toEqual([expect.objectContaining({ id: '199' })]);
    expect((await api.get(`/helpers/snapshots/${taken[0]}/compare/${taken[2]}`)).status).toBe(404);
  });

  it('are nobody else’s', async () => {
    const other = await newCustomer(running.system);
    expect((await other.api.get<{ snapshots: Item[] }>('/helpers/snapshots')).data.snapshots).toEqual([]);
    const erased = await other.api.request('DELETE', `/helpers/snapshots?contact_id=${CONTACT}`);
    expect(erased.body).toMatchObject({ data: { deleted: 0 } });
  });

  it('are deleted one by one and by contact', async () => {
    const { api } = running.customer;
    expect((await api.request('DELETE', `/helpers/snapshots/${taken[0]}`)).status).toBe(200);
    expect((await api.get(`/helpers/snapshots/${taken[0]}`)).status).toBe(404);
    expect((await api.request('DELETE', '/helpers/snapshots')).status).toBe(422);
    const erased = await api.request('DELETE', `/helpers/snapshots?contact_id=${CONTACT}`);
    expect(erased.body).toMatchObject({ data: { deleted: 1 } });
    const { snapshots } = (await api.get<{ snapshots: Item[] }>('/helpers/snapshots')).data;
    expect(snapshots.map(({ snapshot_id: id }) => id)).toEqual([taken[2]]);
  });
});
