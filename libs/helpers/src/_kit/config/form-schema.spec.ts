import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { choice, decimal, fieldName, flag, secret, text, textList, wholeNumber } from './options.js';
import { formSchemaOf, labelOf } from './form-schema.js';

const kinds = (shape: z.ZodRawShape): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(formSchemaOf({ config: z.object(shape) }).properties ?? {}).map(([key, { kind }]) => [key, kind]),
  );

describe('the kind of an option', () => {
  test('says what a value stands for', () => {
    expect(
      kinds({
        apply_tag: text('Applied when it fits'),
        tag_ids: textList('What to apply'),
        save_to: text('Where it goes'),
        source: fieldName('What to read'),
        automation_id: text('What to start'),
        goal_name: text('What to achieve'),
        fallback_url: text('When nothing fits'),
        body_template: text('Text of the message'),
        subject: text('May hold tokens'),
        delay_seconds: wholeNumber('How long to wait'),
        addHours: wholeNumber('How long it runs'),
        timezone: text('Where'),
        backgroundColor: text('Behind the digits'),
        auth_token: secret('Proof'),
      }),
    ).toEqual({
      apply_tag: 'tag',
      tag_ids: 'tag',
      save_to: 'field',
      source: 'field',
      automation_id: 'automation',
      goal_name: 'goal',
      fallback_url: 'url',
      body_template: 'template',
      subject: 'template',
      delay_seconds: 'duration',
      addHours: 'duration',
      timezone: 'time_zone',
      backgroundColor: 'color',
      auth_token: 'secret',
    });
  });

  test('is missing where the schema says it all', () => {
    expect(
      kinds({ apply_tags: flag('Apply them'), tag_event: choice(['a', 'b'], 'Which'), amount: decimal('How much') }),
    ).toEqual({ apply_tags: undefined, tag_event: undefined, amount: undefined });
  });
});

test('options have titles, choices have labels, durations have units, deep down', () => {
  const config = z.object({
    rules: z.array(z.object({ match_mode: choice(['starts_with', 'GET'], 'How'), days: wholeNumber('How long') })),
  });
  const item = formSchemaOf({ config }).properties?.['rules']?.items?.properties;
  expect(item?.['match_mode']).toMatchObject({
    title: 'Match mode',
    enum_labels: { starts_with: 'Starts with', GET: 'GET' },
  });
  expect(item?.['days']).toMatchObject({ title: 'Days', kind: 'duration', unit: 'days' });
});

test.each([
  ['save_url_to', 'Save URL to'],
  ['timerType', 'Timer type'],
  ['25_percent', '25 percent'],
  ['POST', 'POST'],
])('%s reads %s', (name, label) => {
  expect(labelOf(name)).toBe(label);
});
