import { SESv2Client, SendEmailCommand, SESv2ServiceException } from '@aws-sdk/client-sesv2';
import { MailNotTaken, oneAddress, unsubscribeHeaders } from './mail-transport.js';
import type { MailTransport, OutgoingMail } from './mail-transport.js';

export interface SesSettings {
  region: string;
  configurationSet?: string;
  url?: string;
}

/** Refusals of this very message; everything else (limits, paused sending, credentials) can be mended meanwhile. */
const FINAL = new Set(['MessageRejected', 'BadRequestException', 'NotFoundException']);

const tagText = (text: string): string => text.replace(/[^A-Za-z0-9_-]/g, '_');
const utf8 = (text: string): { Data: string; Charset: string } => ({ Data: text, Charset: 'UTF-8' });

function commandOf(mail: OutgoingMail, configurationSet: string | undefined): SendEmailCommand {
  const headers = mail.unsubscribeUrl === undefined ? {} : unsubscribeHeaders(mail.unsubscribeUrl);
  return new SendEmailCommand({
    FromEmailAddress: mail.from,
    Destination: { ToAddresses: [oneAddress(mail.to.address)] },
    ...(mail.replyTo !== undefined && { ReplyToAddresses: [mail.replyTo] }),
    Content: {
      Simple: {
        Subject: utf8(mail.subject),
        Body: { Html: utf8(mail.html), Text: utf8(mail.text) },
        Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
      },
    },
    ...(configurationSet !== undefined && { ConfigurationSetName: configurationSet }),
    EmailTags: [
      { Name: 'template_type', Value: mail.templateId },
      ...(mail.accountId === undefined ? [] : [{ Name: 'account_id', Value: tagText(mail.accountId) }]),
    ],
  });
}

/** Mail by Amazon SES. The mail queue retries, so the SDK does not. */
export function sesTransport({ region, configurationSet, url }: SesSettings): MailTransport {
  const client = new SESv2Client({ region, maxAttempts: 1, ...(url !== undefined && { endpoint: url }) });
  return {
    async send(mail: OutgoingMail): Promise<string> {
      const command = commandOf(mail, configurationSet);
      try {
        return (await client.send(command)).MessageId ?? '';
      } catch (error) {
        const final = error instanceof SESv2ServiceException && FINAL.has(error.name);
        const name = error instanceof Error ? error.name : 'no answer';
        throw new MailNotTaken(final ? 'never' : 'later', `Amazon SES did not take the message (${name}).`, {
          cause: error,
        });
      }
    },
    close: () => {
      client.destroy();
      return Promise.resolve();
    },
  };
}
