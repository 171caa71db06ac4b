import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { fieldName, flag, text } from '../../_kit/config/options.js';
import { hasTag } from '../../_kit/crm/contact-tags.js';
import { lookUpTags } from '../../_kit/crm/resolve-tags.js';
import { writeOneField } from '../../_kit/crm/write-one-field.js';
import { defineHelper } from '../../_kit/define-helper.js';

const rule = z.object({
  tag_id: text('Tag, by id or name'),
  has_tag: flag('Whether the contact must have the tag, or must lack it').default(true),
  points: z.number().int().meta({ description: 'Points when the rule matches, may be negative' }).default(0),
});

export const scoreIt = defineHelper({
  type: 'score_it',
  category: 'tagging',
  title: 'Score It',
  summary: "Adds up points by the contact's tags and writes the sum to a field.",
  rules: [
    'Each rule that matches counts, also one that is listed twice.',
    'A sum of zero is written, too, and replaces an older score.',
    'Tags are given by id or by name; an unknown name fails the run.',
    'Points are whole numbers. Tags that cannot be read fail the run, and nothing is written.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  config: z.object({
    rules: z.array(rule).min(1).meta({ description: 'What counts, and how much' }),
    target_field: fieldName('Field to write'),
  }),

  async run({ config, crm }) {
    const { rules, target_field: target } = config;
    const wanted = await lookUpTags(
      crm,
      rules.map(({ tag_id: tag }) => tag),
    );
    const { tags = [] } = await crm.contact();
    const matches = rules.filter(({ tag_id: given, has_tag: mustHave }) => {
      const tag = wanted.get(given);
      return tag !== undefined && hasTag(tags, tag) === mustHave;
    });
    const score = matches.reduce((sum, { points }) => sum.plus(points), new Decimal(0));
    const value = score.toFixed();
    return writeOneField(crm, target, value, { score: score.toNumber(), matched_rules: matches.length });
  },
});
