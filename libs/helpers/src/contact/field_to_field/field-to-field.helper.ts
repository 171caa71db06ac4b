import type { FieldValue } from '#connectors';
import { z } from 'zod';
import { fieldName, flag } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { isEmptyValue } from '../../_kit/text/field-text.js';
import { convertValue, definitionOf } from '../target-field.js';

const config = z.object({
  mappings: z
    .array(z.object({ source: fieldName('Field to read'), target: fieldName('Field to write') }))
    .min(1)
    .meta({ description: 'Which field is copied to which' }),
  overwrite: flag('Replace values that are already there').default(true),
});

/** A form for one pair names it as `copy_it` does. */
function reshape(raw: Record<string, unknown>): Record<string, unknown> {
  const { source_field: source, target_field: target, ...others } = raw;
  if ((source ?? '') === '' || (target ?? '') === '' || Object.hasOwn(others, 'mappings')) return raw;
  return { ...others, mappings: [{ source, target }] };
}

interface Copy {
  target: string;
  value: FieldValue;
}

/** Everything is read before anything is written, so that two fields can change places. */
async function copies({ config: options, crm }: RunContext<z.output<typeof config>>): Promise<Copy[]> {
  const planned: Copy[] = [];
  for (const { source, target } of options.mappings) {
    const value = await crm.readField(source);
    if (isEmptyValue(value)) continue;
    const isFree = (): boolean => planned.every((copy) => copy.target !== target);
    if (!options.overwrite && !(isFree() && isEmptyValue(await crm.readField(target)))) continue;
    planned.push({ target, value });
  }
  return planned;
}

export const fieldToField = defineHelper({
  type: 'field_to_field',
  category: 'contact',
  title: 'Field to Field',
  summary: 'Copies the values of several fields to other fields in one run.',
  rules: [
    'All sources are read first and then written in the order of the list, so that two fields can change places.',
    'An empty source copies nothing; zero, false and blanks are values. Nothing to copy is a success.',
    'Without overwriting, a target that holds anything is left alone.',
    'A field that cannot be read fails the run before anything is written.',
    'A field that cannot be written, or cannot take the value, becomes a warning; the run fails only when every write did.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  aliases: { field: 'source_field' },
  reshape,
  config,

  async run(context) {
    const { crm, remember } = context;
    // Remembered: a second delivery would read what the first one wrote and change places back.
    const planned = await remember('copies', () => copies(context));
    const definitions = await Promise.all(planned.map(({ target }) => definitionOf(crm, target)));
    const writes = new PartialWrites(context);
    const written: Record<string, FieldValue> = {};
    for (const [index, { target, value }] of planned.entries()) {
      let converted = value;
      const done = await writes.attempt(`Field ${target} could not be written`, async () => {
        converted = convertValue(value, definitions[index]);
        await crm.writeField(target, converted);
      });
      if (!done) continue;
      written[target] = converted;
      writes.actions.push({ type: 'field_updated', target, value: converted });
    }
    return writes.result(written);
  },
});
