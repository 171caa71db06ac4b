import { describe, expect, it } from '@jest/globals';
import { NotificationsConfig, NotificationsSettings } from './settings.js';

const settings = (variables: Record<string, string>): NotificationsSettings =>
  new NotificationsSettings(NotificationsConfig.parse(variables));
const faults = (variables: Record<string, string>): string[] =>
  NotificationsConfig.safeParse(variables).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`) ??
  [];

describe('the way mail leaves', () => {
  it.each([
    [{}, 'capture'],
    [{ MFH_SMTP_URL: 'smtp://mail.example' }, 'smtp'],
    [{ MFH_SES_REGION: 'eu-west-1' }, 'ses'],
    [{ MFH_RESEND_API_KEY: 'key' }, 'resend'],
    [{ MFH_SMTP_URL: 'smtp://mail.example', MFH_MAIL_TRANSPORT: 'capture' }, 'capture'],
  ])('with %j is %s', (variables: Record<string, string>, transport) => {
    expect(settings(variables).transport).toBe(transport);
  });

  it('must be a real one in production', () => {
    expect(faults({ MFH_MODE: 'production' })).toEqual([expect.stringContaining('must be smtp, ses or resend')]);
    expect(faults({ MFH_MODE: 'production', MFH_MAIL_TRANSPORT: 'capture' })).toHaveLength(1);
    expect(faults({ MFH_MODE: 'production', MFH_SMTP_URL: 'smtp://mail.example' })).toEqual([]);
  });

  it.each([
    ['smtp', 'MFH_SMTP_URL'],
    ['ses', 'MFH_SES_REGION'],
    ['resend', 'MFH_RESEND_API_KEY'],
  ])('by %s needs %s', (transport, variable) => {
    expect(faults({ MFH_MAIL_TRANSPORT: transport })).toEqual([`${variable} must be set to send mail by ${transport}`]);
  });
});
