import { expect, test } from '@jest/globals';
import { VectorCase, World } from '#helper-testing';
import type { StateStore } from '../../_kit/ports.js';
import { runHelper } from '../../_kit/run-helper.js';
import { companyLink } from './company-link.helper.js';

const world = (more: object = {}): World =>
  new World(
    VectorCase.parse({
      id: 'company_link/turns',
      type: 'company_link',
      config: { company_field: 'employer' },
      contact: { id: 'c1', custom_fields: { employer: 'Acme' } },
      expect: {},
      ...more,
    }),
  );
const job = (each: World, number: number) => ({
  ...each.job,
  identity: { ...each.job.identity, executionId: `exec:${number}` },
});

/** The store of a case knows one execution; the steps of another one are told apart by name. */
const asSecond = (state: StateStore): StateStore => ({
  read: (key) => state.read(key),
  advance: (key, step) => state.advance(key, step),
  compareAndSet: (change) => state.compareAndSet({ ...change, step: `second ${change.step ?? ''}` }),
});

test('runs of one company go one after another until it is there', async () => {
  const first = world();
  const second = world({ contact: { id: 'c2', custom_fields: { employer: ' ACME ' } } });
  let atWork = 0;
  let most = 0;
  for (const each of [first, second]) {
    const write = each.crm.setContactFieldValue.bind(each.crm);
    each.crm.setContactFieldValue = async (...args) => {
      atWork += 1;
      most = Math.max(most, atWork);
      await new Promise((resolve) => setTimeout(resolve, 20));
      await write(...args);
      atWork -= 1;
    };
  }
  const clock = {
    now: () => new Date(),
    sleep: () => new Promise<void>((resolve) => setTimeout(resolve, 5)),
  };
  const outcomes = await Promise.all([
    runHelper(companyLink, { ...first.ports, clock }, job(first, 1)),
    runHelper(companyLink, { ...second.ports, clock, state: asSecond(first.ports.state) }, job(second, 2)),
  ]);
  expect(outcomes.map(({ success }) => success)).toEqual([true, true]);
  expect(most).toBe(1);
});

test('a run that never ends holds others up for a while only, and they come again', async () => {
  const waiting = world();
  const key = 'company_link:connection:c1:acme';
  await waiting.ports.state.compareAndSet({ key, expected: null, next: 'exec:lost' });
  const { failure } = await runHelper(companyLink, waiting.ports, job(waiting, 3));
  expect(failure).toMatchObject({ code: 'company_in_use', class: 'retry' });
  expect(waiting.crm.calls.map(({ op }) => op)).not.toContain('SetContactFieldValue');
});
