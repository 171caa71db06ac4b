import { expect, test } from '@jest/globals';
import { EffectGate } from './effect-gate.js';
import type { EffectIntent, EffectJournal } from './effects.js';

/** A journal that keeps the intents and does the work. */
function journalOf(intents: EffectIntent[]): EffectJournal {
  return {
    remember: (_, compute) => compute(),
    effect: (intent, work) => {
      intents.push(intent);
      return work(intent.step);
    },
  };
}

function gateOf(intents: EffectIntent[]): EffectGate {
  const effects = { applyTag: 'repeatable', achieveGoal: { inDoubt: 'ask' }, http: { inDoubt: 'ask' } } as const;
  return new EffectGate({ type: 'some_type', effects }, journalOf(intents));
}

const done = (key: string): Promise<string> => Promise.resolve(key);

test('what may be repeated is not journalled', async () => {
  const intents: EffectIntent[] = [];
  expect(await gateOf(intents).pass('applyTag', 'c1', 'Apply tag 7', done)).toBe('applyTag#1');
  expect(intents).toEqual([]);
});

test('what must not be repeated is journalled under its number among its kind', async () => {
  const intents: EffectIntent[] = [];
  const gate = gateOf(intents);
  await gate.pass('achieveGoal', 'c1', 'Achieve goal a', done);
  await gate.pass('applyTag', 'c1', 'Apply tag 7', done);
  await gate.pass('achieveGoal', 'c1', 'Achieve goal b', done);
  expect(intents.map(({ step, onDoubt }) => [step, onDoubt])).toEqual([
    ['achieveGoal#1', 'ask'],
    ['achieveGoal#2', 'ask'],
  ]);
});

test('a single effect can be easier to judge than others of its operation', async () => {
  const intents: EffectIntent[] = [];
  const gate = gateOf(intents);
  await gate.pass('http', 'sheet', 'Append a row', done, { step: 'append' });
  await gate.pass('http', 'sheet', 'Replace all rows', done, { step: 'replace', inDoubt: 'repeat' });
  expect(intents.map(({ step, onDoubt }) => [step, onDoubt])).toEqual([
    ['append', 'ask'],
    ['replace', 'repeat'],
  ]);
});

test('an effect that the type does not declare is refused', async () => {
  await expect(gateOf([]).pass('createNote', 'c1', 'Create note', done)).rejects.toThrow(
    'some_type uses createNote without declaring it',
  );
});
