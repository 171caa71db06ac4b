import { z } from 'zod';
import { describe, expect, test } from '@jest/globals';
import { World, VectorCase } from '#helper-testing';
import { fieldName } from './config/options.js';
import { defineHelper, type HelperDefinition } from './define-helper.js';
import type { HelperResult } from './helper-result.js';
import type { RunContext } from './run-context.js';
import { runHelper } from './run-helper.js';

type Run = (context: RunContext<{ field: string }>) => Promise<HelperResult>;

const helper = (run: Run, more: Partial<HelperDefinition> = {}) =>
  defineHelper({
    type: 'try_it',
    category: 'data',
    title: 'Try It',
    summary: 'Tries the kit.',
    rules: [],
    requiresCrm: true,
    requiresContact: true,
    platforms: [],
    services: [],
    effects: { setContactFieldValue: 'repeatable', achieveGoal: { inDoubt: 'ask' } },
    ...more,
    config: z.object({ field: fieldName('Field') }),
    run,
  });

const worldOf = (more: object = {}): World =>
  new World(
    VectorCase.parse({
      id: 'x/1',
      type: 'try_it',
      config: { field: 'city' },
      contact: { id: 'c1', custom_fields: { city: 'Leeds' } },
      expect: {},
      ...more,
    }),
  );

const run = (definition: HelperDefinition, world: World) => runHelper(definition, world.ports, world.job);
const fine: Run = () => Promise.resolve({ success: true });

describe('runHelper', () => {
  test('gives the helper its configuration and turns the result into an output', async () => {
    const definition = helper(async ({ config, crm, warn }) => {
      warn('careful');
      return { success: true, modifiedData: { [config.field]: await crm.readField(config.field) }, endsChain: true };
    });
    expect(await run(definition, worldOf())).toEqual({
      success: true,
      output: { modified_data: { city: 'Leeds' }, actions: [], warnings: ['careful'], ends_chain: true },
    });
  });

  test('calls nothing with an invalid configuration', async () => {
    const world = worldOf({ config: { field: 5 } });
    const outcome = await run(helper(fine), world);
    expect(outcome.failure).toMatchObject({ code: 'invalid_config', class: 'give_up' });
    expect(outcome.failure?.message).toContain('field');
    expect(world.crm.calls).toEqual([]);
  });

  test('refuses to run without what the type requires', async () => {
    expect((await run(helper(fine), worldOf({ no_crm: true }))).failure?.code).toBe('crm_connection_required');
    expect((await run(helper(fine), worldOf({ contact: { id: '' } }))).failure?.code).toBe('contact_required');
    const definition = helper((context) => context.crm.readField('city').then(() => ({ success: true })), {
      platforms: ['hubspot'],
    });
    expect((await run(definition, worldOf({ crm: { platform: 'keap' } }))).failure?.code).toBe(
      'platform_not_supported',
    );
    expect((await run(definition, worldOf({ crm: { platform: 'sandbox' } }))).success).toBe(true);
  });

  test('the connection is opened once, and only when it is needed', async () => {
    const world = worldOf();
    let opened = 0;
    const ports = { ...world.ports, connect: () => Promise.resolve(world.crm).finally(() => (opened += 1)) };
    await runHelper(helper(fine), ports, world.job);
    expect(opened).toBe(0);
    const twice = helper(async ({ crm }) => {
      await crm.readField('a');
      await crm.writeField('b', 1);
      return { success: true };
    });
    await runHelper(twice, ports, world.job);
    expect(opened).toBe(1);
  });

  test('the contact is read once', async () => {
    const world = worldOf();
    const definition = helper(async ({ crm }) => {
      await Promise.all([crm.contact(), crm.contact()]);
      return { success: true };
    });
    await run(definition, world);
    expect(world.crm.calls).toEqual([{ op: 'GetContact', args: ['c1'] }]);
  });

  test('an effect that the definition does not declare is refused', async () => {
    const world = worldOf();
    const outcome = await run(
      helper(({ crm }) => crm.applyTag('5').then(() => ({ success: true }))),
      world,
    );
    expect(outcome.failure).toMatchObject({ code: 'internal_error' });
    expect(String(outcome.failure?.cause)).toContain('try_it uses applyTag without declaring it');
    expect(world.crm.calls).toEqual([]);
  });

  test('once-only operations are journalled by position, repeatable ones are not', async () => {
    const world = worldOf();
    const definition = helper(async ({ crm }) => {
      await crm.achieveGoal('a');
      await crm.writeField('x', 1);
      await crm.achieveGoal('b');
      return { success: true };
    });
    await run(definition, world);
    await run(definition, world);
    expect(world.journal.intents.map(({ step, onDoubt, target }) => [step, onDoubt, target])).toEqual([
      ['achieveGoal#1', 'ask', 'c1'],
      ['achieveGoal#2', 'ask', 'c1'],
    ]);
    expect(world.crm.calls.filter(({ op }) => op === 'AchieveGoal')).toHaveLength(2);
    expect(world.crm.calls.filter(({ op }) => op === 'SetContactFieldValue')).toHaveLength(2);
  });

  test('an operation that the CRM lacks fails for good', async () => {
    const world = worldOf();
    Object.assign(world.crm, { setContactFieldValue: undefined });
    const outcome = await run(
      helper(({ crm }) => crm.writeField('a', 1).then(() => ({ success: true }))),
      world,
    );
    expect(outcome.failure).toMatchObject({ code: 'unsupported_by_crm', class: 'give_up' });
  });

  test('a result without success always says why', async () => {
    const outcome = await run(
      helper(() => Promise.resolve({ success: false, actions: [] })),
      worldOf(),
    );
    expect(outcome).toMatchObject({ success: false, failure: { code: 'unsuccessful', class: 'give_up' } });
  });

  test('warnings survive a failure', async () => {
    const definition = helper(({ warn }) => {
      warn('first sign');
      throw new TypeError('bug');
    });
    const outcome = await run(definition, worldOf());
    expect(outcome.output.warnings).toEqual(['first sign']);
    expect(outcome.failure?.code).toBe('internal_error');
  });

  test('another contact of the same CRM can be changed', async () => {
    const world = worldOf({ other_contacts: [{ id: 'c2' }] });
    await run(
      helper(({ crm }) =>
        crm
          .forContact('c2')
          .writeField('x', 1)
          .then(() => ({ success: true })),
      ),
      world,
    );
    expect(world.crm.calls).toEqual([{ op: 'SetContactFieldValue', args: ['c2', 'x', 1] }]);
  });
});
