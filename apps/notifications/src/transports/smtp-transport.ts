import { createTransport } from 'nodemailer';
import { MailNotTaken, oneAddress, unsubscribeHeaders } from './mail-transport.js';
import type { MailTransport, OutgoingMail } from './mail-transport.js';

const CONNECT_MS = 10_000;
const SEND_MS = 30_000;

interface SmtpError {
  responseCode?: unknown;
  code?: unknown;
  command?: unknown;
}

/** 5xx answers are final; one of the kind 5.1 to the recipient's address means that nobody has it. */
function notTaken(error: unknown): MailNotTaken {
  const { responseCode, code, command } = error as SmtpError;
  if (typeof responseCode !== 'number' || responseCode < 500 || code === 'EAUTH') {
    return new MailNotTaken('later', 'The mail server did not take the message.', { cause: error });
  }
  const message = `The mail server refused the message (${responseCode}).`;
  const text = error instanceof Error ? error.message : '';
  const nobody = command === 'RCPT TO' && /\b5\.1\.\d/.test(text);
  return new MailNotTaken(nobody ? 'bounced' : 'never', message, { cause: error });
}

/** Mail by SMTP. Its message id is the same in every attempt, so mailboxes can drop a repetition. */
export function smtpTransport(url: string): MailTransport {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 4,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SEND_MS,
    // Nothing in a mail may name a file or an address to load from.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domainOf = (from: string): string => from.replace(/>\s*$/, '').split('@').at(-1) ?? 'localhost';
  return {
    async send(mail: OutgoingMail): Promise<string> {
      const address = oneAddress(mail.to.address);
      try {
        const { messageId } = await transport.sendMail({
          from: mail.from,
          to: { name: mail.to.name ?? '', address },
          subject: mail.subject,
          html: mail.html,
          text: mail.text,
          messageId: `<${mail.id}@${domainOf(mail.from)}>`,
          ...(mail.replyTo !== undefined && { replyTo: mail.replyTo }),
          ...(mail.unsubscribeUrl !== undefined && { headers: unsubscribeHeaders(mail.unsubscribeUrl) }),
        });
        return messageId;
      } catch (error) {
        throw notTaken(error);
      }
    },
    close: () => {
      transport.close();
      return Promise.resolve();
    },
  };
}
