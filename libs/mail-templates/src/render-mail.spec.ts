import { describe, expect, it } from '@jest/globals';
import { MAIL_TEMPLATE_IDS, mailTemplates, type MailTemplate } from '#contracts';
import type { MailSurroundings } from './mail-content.js';
import { renderMail } from './render-mail.js';
import { sampleVariables } from './sample-variables.js';

const surroundings: MailSurroundings = {
  productName: 'MyFusion Helper',
  appUrl: 'https://app.example.com',
  supportAddress: 'support@example.com',
  helpUrl: 'https://help.example.com',
  recipient: 'ada@example.com',
  now: new Date('2026-03-05T14:05:00Z'),
};
const UNSUBSCRIBE = 'https://api.example.com/emails/unsubscribe?token=sample';

const surroundingsOf = (template: MailTemplate): MailSurroundings =>
  template.category === 'optional' ? { ...surroundings, unsubscribeUrl: UNSUBSCRIBE } : surroundings;

describe.each(MAIL_TEMPLATE_IDS)('%s', (id) => {
  const template: MailTemplate = mailTemplates[id];
  const sample: Record<string, unknown> = sampleVariables[id];
  const mail = renderMail(id, sample, surroundingsOf(template));

  it('looks as agreed', () => {
    expect(mail.subject).toMatchSnapshot('subject');
    expect(mail.text).toMatchSnapshot('text');
    expect(mail.html).toMatchSnapshot('html');
  });

  it('is refused without a variable that it needs', () => {
    const needed = Object.entries(template.variables.shape)
      .filter(
        ([, schema]) => !(schema as { safeParse(value: unknown): { success: boolean } }).safeParse(undefined).success,
      )
      .map(([name]) => name);
    for (const name of needed) {
      const { [name]: _left, ...rest } = sample;
      expect(() => renderMail(id, rest, surroundings)).toThrow(name);
    }
  });

  it('declares as secret only variables that exist', () => {
    expect(Object.keys(template.variables.shape)).toEqual(expect.arrayContaining([...template.secrets]));
  });

  it('has a way to end it exactly if it is optional', () => {
    const ends = template.category === 'optional';
    expect(mail.text.includes(UNSUBSCRIBE)).toBe(ends);
    expect(mail.html.includes(UNSUBSCRIBE)).toBe(ends);
  });
});

describe('what people wrote', () => {
  const markup = '<img src=x onerror=alert(1)>" onload="x';

  it.each(MAIL_TEMPLATE_IDS)('stays text in %s', (id) => {
    const hostile = Object.fromEntries(
      Object.entries(sampleVariables[id]).map(([name, value]) => [
        name,
        /^(name|.*_name|device|ip|error_message|details|message|subject|method|requested_by)$/.test(name)
          ? markup
          : value,
      ]),
    );
    expect(renderMail(id, hostile, surroundings).html).not.toMatch(/<img|" onload="/);
  });

  it('cannot break the subject line', () => {
    const { subject } = renderMail(
      'account_notification',
      { subject: 'Hello\r\nBcc: all@example.com', message: 'x' },
      surroundings,
    );
    expect(subject).toBe('Hello Bcc: all@example.com');
  });

  it('cannot lead a button of ours elsewhere', () => {
    const elsewhere = { ...sampleVariables.account_notification, app_path: '//evil.example' };
    expect(() => renderMail('account_notification', elsewhere, surroundings)).toThrow('app_path');
    const script = { ...sampleVariables.payment_failed, pay_url: 'javascript:alert(1)' };
    expect(() => renderMail('payment_failed', script, surroundings)).toThrow('pay_url');
  });
});

describe('a reset', () => {
  it('by code leads to the page that asks for it', () => {
    const { text } = renderMail('password_reset', { code: '123456', code_expires_in_minutes: 15 }, surroundings);
    expect(text).toContain('https://app.example.com/reset-password?email=ada%40example.com');
    expect(text).toContain('The code works for 15 minutes.');
  });

  it('without code and link is refused', () => {
    expect(() => renderMail('password_reset', { name: 'Ada' }, surroundings)).toThrow('a token or a code is needed');
  });
});
