import { expect, test } from '@jest/globals';
import { VectorCase, World } from '#helper-testing';
import { runHelper } from '../../_kit/run-helper.js';
import { optIn } from './opt-in.helper.js';

const config = { double_opt_in: true, confirmation_tag: 'pending', confirmed_tag: 'member', reason: 'Newsletter' };

const world = (more: object = {}): World =>
  new World(
    VectorCase.parse({
      id: 'opt_in/confirmation',
      type: 'opt_in',
      config,
      contact: { id: 'c1', first_name: 'Ada', email: 'ada@example.com', tags: [{ id: 'pending', name: 'Pending' }] },
      expect: {},
      ...more,
    }),
  );

async function asked() {
  const asking = world();
  const outcome = await runHelper(optIn, asking.ports, asking.job);
  expect(outcome.success).toBe(true);
  return asking;
}

/** Another execution of the same helper, as the confirmation page starts it. */
function confirm(asking: World, confirming: World, request = asking.job.identity.executionId) {
  const input = { opt_in_confirmation: { request, confirmed_at: '2026-01-16T08:00:00Z', source: '203.0.113.7' } };
  return runHelper(optIn, { ...confirming.ports, state: asking.ports.state }, { ...confirming.job, input });
}

const writes = ({ crm }: World) =>
  crm.calls.filter(({ op }) => !op.startsWith('Get')).map(({ op, args }) => [op, ...args]);

test('asks with a link and sets nothing but the pending tag', async () => {
  const asking = await asked();
  expect(writes(asking)).toEqual([['ApplyTag', 'c1', 'pending']]);
  const [message] = asking.mail.sent;
  expect(message).toMatchObject({ to: 'ada@example.com', contentType: 'text/plain' });
  expect(message?.body).toMatch(/^Hello Ada,\n[^]*https:\/\/app\.example\.com\/t\/[\w.-]+\n/);
});

test('a message without a place for the link gets it below', async () => {
  const asking = world({ config: { ...config, confirmation_message: 'Hi {{first_name}}{{nope}}' } });
  await runHelper(optIn, asking.ports, asking.job);
  expect(asking.mail.sent[0]?.body).toMatch(/^Hi Ada\n\nhttps:\/\/app\.example\.com\/t\//);
});

test('a delivery that comes again sends no second message', async () => {
  const asking = await asked();
  await runHelper(optIn, asking.ports, asking.job);
  expect(asking.mail.sent).toHaveLength(1);
});

test('a confirmation opts in, changes the tags and keeps the proof', async () => {
  const confirming = world();
  const { success, output } = await confirm(await asked(), confirming);
  expect(success).toBe(true);
  expect(writes(confirming)).toEqual([
    ['SetOptInStatus', 'c1', true, 'Newsletter'],
    ['ApplyTag', 'c1', 'member'],
    ['RemoveTag', 'c1', 'pending'],
  ]);
  expect(output.modified_data['consent']).toEqual({
    confirmed_at: '2026-01-16T08:00:00Z',
    address: 'ada@example.com',
    source: '203.0.113.7',
  });
  expect(confirming.mail.sent).toEqual([]);
});

test('a confirmation that nobody asked for, or of another address, changes nothing', async () => {
  const asking = await asked();
  const unknown = world();
  expect((await confirm(asking, unknown, 'exec:other')).failure?.code).toBe('confirmation_unknown');
  const changed = world({ contact: { id: 'c1', email: 'new@example.com' } });
  expect((await confirm(asking, changed)).failure?.code).toBe('address_changed');
  expect([...writes(unknown), ...writes(changed)]).toEqual([]);
});
