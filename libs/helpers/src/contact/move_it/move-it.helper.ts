import type { FieldValue } from '#connectors';
import { z } from 'zod';
import { fieldName, flag } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import type { RunContext } from '../../_kit/run-context.js';
import { isEmptyValue } from '../../_kit/text/field-text.js';
import { convertValue, definitionOf } from '../target-field.js';

/** As connections compare names: `First Name`, `first_name` and `FirstName` are one field. */
const plainForm = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

const config = z
  .object({
    source_field: fieldName('Field to read and empty'),
    target_field: fieldName('Field to write'),
    preserve: flag('Leave a target that holds something, and the source, alone').default(false),
  })
  .refine(({ source_field: source, target_field: target }) => plainForm(source) !== plainForm(target), {
    path: ['target_field'],
    error: 'Must be another field than the source',
  });

/** Forms send `overwrite`, which says the opposite of `preserve`. */
function reshape(raw: Record<string, unknown>): Record<string, unknown> {
  const { overwrite, ...others } = raw;
  if (typeof overwrite !== 'boolean' || Object.hasOwn(others, 'preserve')) return raw;
  return { ...others, preserve: !overwrite };
}

/** What moves, in the form of the target; null when nothing does. */
async function valueToMove({ config: options, crm }: RunContext<z.output<typeof config>>): Promise<FieldValue> {
  const value = await crm.readField(options.source_field);
  if (isEmptyValue(value)) return null;
  if (options.preserve && !isEmptyValue(await crm.readField(options.target_field))) return null;
  const target = await definitionOf(crm, options.target_field);
  if (target !== undefined && (await definitionOf(crm, options.source_field))?.id === target.id) {
    throw new HelperFailure(
      'same_field',
      'give_up',
      'Source and target are two names of one field; choose another target.',
    );
  }
  return convertValue(value, target);
}

export const moveIt = defineHelper({
  type: 'move_it',
  category: 'contact',
  title: 'Move It',
  summary: 'Moves the value of one field to another and empties the first.',
  rules: [
    'An empty source moves nothing; zero, false and blanks are values and are moved.',
    'With `preserve`, a target that holds anything stays, and so does the source; a target that cannot be read fails the run.',
    'The target is written first. A source that cannot be emptied afterwards is a warning: the value is then in both fields.',
    'A value that the target field cannot take fails the run, and both fields stay as they are.',
    'A run that was interrupted between the two writes finishes the move with the value of its first attempt.',
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
    const { config: options, crm, remember } = context;
    const { source_field: source, target_field: target } = options;
    const value = await remember('moved', () => valueToMove(context));
    if (value === null) return { success: true };
    await crm.writeField(target, value);
    const writes = new PartialWrites(context);
    const emptied = { type: 'field_updated', target: source, value: '' };
    const done = await writes.attempt(
      `Field ${source} could not be emptied, so the value is in both fields`,
      () => crm.writeField(source, ''),
      emptied,
    );
    return {
      success: true,
      modifiedData: { [target]: value, ...(done ? { [source]: '' } : {}) },
      actions: [{ type: 'field_updated', target, value }, ...writes.actions],
    };
  },
});
