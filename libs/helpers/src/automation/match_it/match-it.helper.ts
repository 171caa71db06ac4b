import { z } from 'zod';
import { choice, fieldName, flag, text } from '../../_kit/config/options.js';
import { defineHelper } from '../../_kit/define-helper.js';
import { PartialWrites } from '../../_kit/partial-writes.js';
import { fieldText } from '../../_kit/text/field-text.js';
import { isPattern, MATCH_TYPES, textMatches } from './text-match.js';

const config = z
  .object({
    source_field: fieldName('Contact field to look at'),
    match_type: choice(MATCH_TYPES, 'Kind of comparison').default('contains'),
    pattern: text('Text, or regular expression in RE2 syntax'),
    case_sensitive: flag('Letter case counts').default(false),
    on_match_tag: text('Tag, by id or name, for a match').optional(),
    on_no_match_tag: text('Tag, by id or name, for no match').optional(),
    save_result_to: fieldName('Contact field for the result, written as true or false').optional(),
  })
  .refine(({ match_type: type, pattern }) => type !== 'regex' || isPattern(pattern), {
    error: 'Must be a regular expression in RE2 syntax: no look-around, no back-references',
    path: ['pattern'],
  });

export const matchIt = defineHelper({
  type: 'match_it',
  category: 'automation',
  title: 'Match It',
  summary: 'Compares a field with a pattern and applies a tag for match or no match.',
  rules: [
    'The value is compared as text, numbers in plain digits; an empty field is the empty text.',
    'A regular expression (RE2: linear time, no look-around or back-references) may fit anywhere in the text.',
    'The result is saved first, then at most one tag applied. What fails is a warning, and the run fails when everything it tried failed.',
    'A field that cannot be read fails the run, and nothing is written.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable', applyTag: 'repeatable' },
  config,

  async run(context) {
    const { config: options, crm } = context;
    const { source_field: source, match_type: type, pattern, case_sensitive: caseSensitive } = options;
    const value = fieldText(await crm.readField(source));
    const matched = textMatches({ type, pattern, caseSensitive }, value);
    const writes = new PartialWrites(context);
    const { save_result_to: field } = options;
    if (field !== undefined) {
      const action = { type: 'field_updated', target: field, value: matched };
      await writes.attempt('The result could not be saved', () => crm.writeField(field, matched), action);
    }
    const tag = matched ? options.on_match_tag : options.on_no_match_tag;
    if (tag !== undefined) {
      const action = { type: 'tag_applied', target: crm.contactId, value: tag };
      await writes.attempt('The tag could not be applied', () => crm.applyTag(tag), action);
    }
    return writes.result({
      matched,
      match_type: type,
      pattern,
      source_field: source,
      source_value: value,
      case_sensitive: caseSensitive,
    });
  },
});
