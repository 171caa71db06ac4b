import { defineHelper } from '../../_kit/define-helper.js';
import { copyFromRecord, relatedRecordConfig } from '../related-record.js';

export const getTheFirst = defineHelper({
  type: 'get_the_first',
  category: 'data',
  title: 'Get The First',
  summary: "Copies one field of the contact's oldest invoice, order, subscription, opportunity, card or payment.",
  rules: [
    'Records are ordered by their date, those of one date by id.',
    'The value is written as text, numbers in plain digits.',
    'Without such a record, or with an empty field of it, nothing is written.',
    'Records that cannot be read fail the run.',
  ],
  requiresCrm: true,
  requiresContact: true,
  platforms: ['keap'],
  services: [],
  effects: { setContactFieldValue: 'repeatable' },
  aliases: { field: 'from_field', target_field: 'to_field' },
  config: relatedRecordConfig,

  run: (context) => copyFromRecord(context, 'first'),
});
