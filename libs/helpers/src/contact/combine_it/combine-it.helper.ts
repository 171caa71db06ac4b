import { defineHelper } from '../../_kit/define-helper.js';
import { JOIN_RULES, joinConfig, joinFields } from '../join-fields.js';

export const combineIt = defineHelper({
  type: 'combine_it',
  category: 'contact',
  title: 'Combine It',
  summary: 'Joins the values of one or more fields, with a separator, into another field.',
  rules: JOIN_RULES,
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  aliases: { field: 'source_fields' },
  config: joinConfig(1),
  run: joinFields,
});
