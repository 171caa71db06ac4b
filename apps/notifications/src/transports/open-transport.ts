import type { Clock } from '../clock.js';
import type { CapturedMails } from '../persistence/captured-mails.repository.js';
import type { NotificationsSettings } from '../settings.js';
import { captureTransport } from './capture-transport.js';
import type { MailTransport } from './mail-transport.js';
import { resendTransport } from './resend-transport.js';
import { smtpTransport } from './smtp-transport.js';

export const MAIL_TRANSPORT = Symbol('MAIL_TRANSPORT');

/** The transport of the settings, which were checked for what it needs. */
export async function openTransport(
  { transport, config }: NotificationsSettings,
  captured: CapturedMails,
  clock: Clock,
): Promise<MailTransport> {
  switch (transport) {
    case 'smtp':
      return smtpTransport(config.MFH_SMTP_URL ?? '');
    case 'resend':
      return resendTransport({ url: config.MFH_RESEND_URL, apiKey: config.MFH_RESEND_API_KEY ?? '' });
    case 'ses': {
      // A large library that most installations never use.
      const { sesTransport } = await import('./ses-transport.js');
      return sesTransport({
        region: config.MFH_SES_REGION ?? '',
        ...(config.MFH_SES_CONFIGURATION_SET !== undefined && { configurationSet: config.MFH_SES_CONFIGURATION_SET }),
        ...(config.MFH_SES_URL !== undefined && { url: config.MFH_SES_URL }),
      });
    }
    case 'capture':
      return captureTransport(captured, clock);
  }
}
