import { describe, expect, it } from '@jest/globals';
import { resendReturn, sesReturn } from './returned-mail.js';

const mail = { messageId: 'ses-1', destination: ['ada@example.com'] };
const recipients = [{ emailAddress: 'ada@example.com', status: '5.1.1' }];

describe('Amazon SES', () => {
  it.each([
    ['a permanent bounce', { mail, bounce: { bounceType: 'Permanent', bouncedRecipients: recipients } }, 'bounced'],
    ['a complaint', { mail, complaint: { complainedRecipients: recipients } }, 'complained'],
  ])('tells of %s', (_what, payload, status) => {
    expect(sesReturn(payload)).toEqual({ status, messageId: 'ses-1', addresses: ['ada@example.com'] });
  });

  it.each([
    ['a passing bounce', { mail, bounce: { bounceType: 'Transient', bouncedRecipients: recipients } }],
    ['a delivery', { eventType: 'Delivery', mail, delivery: {} }],
    ['something else', { hello: 'there' }],
  ])('makes nothing of %s', (_what, payload) => {
    expect(sesReturn(payload)).toBeUndefined();
  });
});

describe('Resend', () => {
  const data = { email_id: 're-1', to: ['ada@example.com'] };

  it.each([
    ['a permanent bounce', { type: 'email.bounced', data: { ...data, bounce: { type: 'Permanent' } } }, 'bounced'],
    ['a complaint', { type: 'email.complained', data }, 'complained'],
  ])('tells of %s', (_what, payload, status) => {
    expect(resendReturn(payload)).toEqual({ status, messageId: 're-1', addresses: ['ada@example.com'] });
  });

  it.each([
    ['a passing bounce', { type: 'email.bounced', data: { ...data, bounce: { type: 'Transient' } } }],
    ['a delivery', { type: 'email.delivered', data }],
    ['something else', {}],
  ])('makes nothing of %s', (_what, payload) => {
    expect(resendReturn(payload)).toBeUndefined();
  });
});
