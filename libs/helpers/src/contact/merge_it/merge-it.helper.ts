import { defineHelper } from '../../_kit/define-helper.js';
import { JOIN_RULES, joinConfig, joinFields } from '../join-fields.js';

export const mergeIt = defineHelper({
  type: 'merge_it',
  category: 'contact',
  title: 'Merge It',
  summary: 'Joins the values of several fields, with a separator, into one field.',
  rules: JOIN_RULES,
  requiresCrm: true,
  requiresContact: true,
  platforms: [],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  config: joinConfig(2),
  run: joinFields,
});
