import { expect, test } from '@jest/globals';
import { VectorCase, World } from '#helper-testing';
import { runHelper } from '../_kit/run-helper.js';
import { combineIt } from './combine_it/combine-it.helper.js';
import { joinConfig } from './join-fields.js';

test.each([
  [1, ['a'], true],
  [1, [], false],
  [2, ['a'], false],
  [2, ['a', 'b'], true],
] as const)('of at least %p source, %j is enough: %p', (minimum, sources, enough) => {
  expect(joinConfig(minimum).safeParse({ source_fields: sources, target_field: 't' }).success).toBe(enough);
});

test('a delivery that comes again does not join twice', async () => {
  const world = new World(
    VectorCase.parse({
      id: 'combine_it/twice',
      type: 'combine_it',
      config: { source_fields: ['t', 'a'], target_field: 't' },
      contact: { id: 'c1', custom_fields: { t: 'x', a: 'y' } },
      expect: {},
    }),
  );
  await runHelper(combineIt, world.ports, world.job);
  await runHelper(combineIt, world.ports, world.job);
  expect(world.crm.contacts.field('c1', 't')).toBe('x y');
});
