import { describe, expect, it } from '@jest/globals';
import { waitFor } from '#testing';
import { execute, newHelper } from '../support/customer.js';
import { deliverAgain } from '../support/deliver-again.js';
import { useSystem } from '../support/use-system.js';

describe('what helpers keep between runs', () => {
  const running = useSystem({ runners: 2 });

  it('lets contacts take turns exactly, although each job is delivered twice, at once, to two runners', async () => {
    const { system, customer } = running;
    const split = await newHelper(customer, 'split_it_basic', {
      split_type: 'goal_split',
      last_group: 'b',
      split_goal_a: 'groupa',
      split_goal_b: 'groupb',
    });
    const contacts = Array.from({ length: 20 }, (_, index) => String(1101 + index));
    const ids = await Promise.all(contacts.map((contact) => deliverAgain(2, () => execute(customer, split, contact))));
    const ended = await Promise.all(ids.map((id) => customer.api.ended(id)));
    const groups = ended.map(({ output }) => output.modified_data['run_group']);
    expect(groups.filter((group) => group === 'a')).toHaveLength(10);
    expect(groups.filter((group) => group === 'b')).toHaveLength(10);
    const goals = await system.sandbox.effects({ operation: 'AchieveGoal' });
    expect(goals.map((goal) => goal.contact_id).toSorted()).toEqual(contacts);
  });

  it('runs another helper once for each contact that a query finds', async () => {
    const { system, customer } = running;
    const note = await newHelper(customer, 'note_it', { subject: 'Found', body: 'By a query' });
    const query = await newHelper(customer, 'query_it_basic', {
      query_type: 'all',
      limit: 3,
      action_type: 'helper',
      action_helper_id: note,
    });
    const { output } = await customer.api.ended(await execute(customer, query));
    const found = (output.modified_data['contacts'] as { id: string }[]).map(({ id }) => id);
    expect(found).toHaveLength(3);
    const notes = await waitFor(
      async () => {
        const made = await system.sandbox.effects({ operation: 'CreateNote' });
        return made.length === 3 ? made : undefined;
      },
      { deadlineMs: 30_000, everyMs: 200, what: 'a note for each contact' },
    );
    expect(notes.map(({ contact_id: id }) => id).toSorted()).toEqual(found.toSorted());
  });

  it('backs up a connection into files, once', async () => {
    const { customer } = running;
    const backup = await newHelper(customer, 'keap_backup', { data_types: ['contacts', 'tags', 'custom_fields'] });
    const done = await customer.api.ended(await execute(customer, backup));
    expect(done.output.modified_data).toMatchObject({
      state: 'complete',
      successful: 3,
      failed: 0,
      backup_results: { contacts: { success: true, record_count: 1000 } },
    });
    const again = await customer.api.ended(await execute(customer, backup));
    expect(again.status).toBe('failed');
  });
});
