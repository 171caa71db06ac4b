import type { Clock } from '../clock.js';
import type { CapturedMails } from '../persistence/captured-mails.repository.js';
import { oneAddress, unsubscribeHeaders } from './mail-transport.js';
import type { MailTransport } from './mail-transport.js';

/** Sends nothing: mails are kept for the local inbox. */
export const captureTransport = (mails: CapturedMails, clock: Clock): MailTransport => ({
  async send(mail) {
    const headers = mail.unsubscribeUrl === undefined ? {} : unsubscribeHeaders(mail.unsubscribeUrl);
    await mails.add(
      {
        _id: mail.id,
        ...(mail.accountId !== undefined && { account_id: mail.accountId }),
        to: oneAddress(mail.to.address),
        from: mail.from,
        subject: mail.subject,
        html: mail.html,
        text: mail.text,
        template_id: mail.templateId,
        headers: JSON.stringify(headers),
      },
      clock.now(),
    );
    return mail.id;
  },
  close: () => Promise.resolve(),
});
