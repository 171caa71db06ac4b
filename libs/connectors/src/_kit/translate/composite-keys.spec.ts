import { expect, it } from '@jest/globals';
import { isCompositeKey, parseCompositeKey } from './composite-keys.js';

it.each([
  ['_related.invoice.first.InvoiceTotal', { about: 'record', kind: 'invoice', order: 'first', field: 'InvoiceTotal' }],
  ['_related.lead.last.StageID', { about: 'record', kind: 'lead', order: 'last', field: 'StageID' }],
  ['_related.payment.sum.PayAmt', { about: 'sum', kind: 'payment', field: 'PayAmt' }],
  ['_related.job.count', { about: 'count', kind: 'job', nonzero: false }],
  ['_related.invoice.count.nonzero', { about: 'count', kind: 'invoice', nonzero: true }],
  ['_related.lead.stage.3', { about: 'stage', stage: '3' }],
  ['_related.lead.stage.3.update_first', { about: 'move', stage: '3', which: 'first' }],
  ['_related.lead.stage.3.update_all', { about: 'move', stage: '3', which: 'all' }],
  [
    '_email_stats.a.b@example.co.uk.LastOpenDate',
    { about: 'email', address: 'a.b@example.co.uk', field: 'LastOpenDate' },
  ],
  ['_goal.bought.v2.achieved', { about: 'goal', goal: 'bought.v2' }],
])('reads %s', (key, question) => {
  expect(isCompositeKey(key)).toBe(true);
  expect(parseCompositeKey(key)).toEqual(question);
});

it.each([
  '_related.horse.first.Name',
  '_related.invoice',
  '_related.invoice.first',
  '_related.invoice.sum',
  '_related.invoice.count.zero',
  '_related.invoice.median.InvoiceTotal',
  '_email_stats.LastOpenDate',
  '_email_stats.a@b.c.LastBounce',
  '_goal..achieved',
  '_goal.bought',
])('knows no question %s', (key) => {
  expect(isCompositeKey(key)).toBe(true);
  expect(parseCompositeKey(key)).toBeUndefined();
});

it.each(['first_name', '_relatedness', 'related.invoice.count', '_custom'])('takes %s for a field', (key) => {
  expect(isCompositeKey(key)).toBe(false);
});
