import { z } from 'zod';
import { exactText, fieldName, flag, textList } from '../_kit/config/options.js';
import { writeOneField } from '../_kit/crm/write-one-field.js';
import type { HelperResult } from '../_kit/helper-result.js';
import type { RunContext } from '../_kit/run-context.js';
import { fieldText } from '../_kit/text/field-text.js';

const NUMBERS = { 1: 'one', 2: 'two' } as const;

/** Options of the types that join fields; they differ in how many sources they ask for. */
export const joinConfig = (minimum: keyof typeof NUMBERS) =>
  z.object({
    source_fields: textList(`Fields to join, at least ${NUMBERS[minimum]}`, minimum),
    target_field: fieldName('Field to write'),
    separator: exactText('Text between the values; may be empty').default(' '),
    skip_empty: flag('Leave empty values out').default(true),
  });

/** How they behave, for their pages. */
export const JOIN_RULES: readonly string[] = [
  'Values are joined in the order of the list and not trimmed; a source may appear twice.',
  'Empty values are left out together with their separator, or kept as empty parts.',
  'When all sources are empty nothing is written.',
  'A source that cannot be read fails the run.',
  'The target may be one of the sources: a repeated delivery writes the same text again and does not join twice.',
];

/** Joins the sources and writes the target. */
export async function joinFields({
  config,
  crm,
  remember,
}: RunContext<z.output<ReturnType<typeof joinConfig>>>): Promise<HelperResult> {
  const { source_fields: sources, target_field: target, separator, skip_empty: skipEmpty } = config;
  const join = async (): Promise<string | null> => {
    const texts: string[] = [];
    for (const source of sources) texts.push(fieldText(await crm.readField(source)));
    if (texts.every((text) => text === '')) return null;
    return texts.filter((text) => !skipEmpty || text !== '').join(separator);
  };
  // Always remembered: two names may stand for one field, so that the target can be a source without looking like it.
  const joined = await remember('joined', join);
  if (joined === null) return { success: true };
  return writeOneField(crm, target, joined);
}
