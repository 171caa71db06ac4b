import { createHash } from 'node:crypto';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { HelperFailure, type HelperMail, type MailMessage } from '#helpers';
import type { DeliveryConfig } from '../delivery-config.js';

/** Sends one prepared mail; the part of nodemailer's transport that is used. */
export interface SmtpTransport {
  sendMail(mail: SendMailOptions): Promise<{ messageId: string }>;
  close(): void;
}

const CONNECT_MS = 10_000;
const SEND_MS = 30_000;

/** The transport to the mail server of the settings, if there is one. */
export function smtpTransport(url: string | undefined): SmtpTransport | null {
  if (url === undefined) return null;
  return createTransport({
    url,
    pool: true,
    maxConnections: 4,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SEND_MS,
    // Mail holds what customers wrote: no part of it may name a file or an address to load from.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

const singleLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

function prepared(message: MailMessage, sender: string, idempotencyKey: string): SendMailOptions {
  const { from, replyTo, unsubscribeTo } = message;
  const domain = (from?.email ?? sender.replace(/>$/, '')).split('@').at(-1) ?? 'localhost';
  const id = createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 32);
  return {
    to: { name: '', address: singleLine(message.to) },
    from: from === undefined ? sender : { name: singleLine(from.name), address: singleLine(from.email) },
    subject: singleLine(message.subject),
    messageId: `<${id}@${domain}>`,
    ...(replyTo !== undefined && { replyTo: singleLine(replyTo) }),
    ...(message.contentType === 'text/html' ? { html: message.body } : { text: message.body }),
    ...(unsubscribeTo !== undefined && {
      list: { unsubscribe: { url: `mailto:${singleLine(unsubscribeTo)}?subject=unsubscribe`, comment: '' } },
    }),
  };
}

interface SmtpError {
  responseCode?: unknown;
  code?: unknown;
  syscall?: unknown;
}

/**
 * 5xx answers and unusable addresses are final, everything else may pass. Whatever the server answered, it has not taken
 * the message; only a connection that broke in between leaves that open.
 */
function asFailure(error: unknown): HelperFailure {
  const { responseCode, code, syscall } = error as SmtpError;
  if (code === 'EENVELOPE' && responseCode === undefined) {
    return new HelperFailure('mail_refused', 'give_up', 'The address of sender or recipient cannot be used.', {
      nothingDone: true,
      cause: error,
    });
  }
  if (typeof responseCode === 'number' && responseCode >= 500 && code !== 'EAUTH') {
    return new HelperFailure('mail_refused', 'give_up', `The mail server refused the message (${responseCode}).`, {
      nothingDone: true,
      cause: error,
    });
  }
  const neverConnected = code === 'EDNS' || code === 'EAUTH' || syscall === 'connect';
  return new HelperFailure('mail_unavailable', 'retry', 'The mail server did not take the message.', {
    nothingDone: neverConnected || typeof responseCode === 'number',
    cause: error,
  });
}

export interface MailParts {
  transport: SmtpTransport | null;
  config: Pick<DeliveryConfig, 'MFH_MAIL_FROM'>;
  /** @throws HelperFailure when the account may not send as this address */
  checkSender: (address: string) => Promise<void>;
  ownerAddress: () => Promise<string>;
}

/** E-mail of one run, through the platform's mail server. */
export const smtpMail = ({ transport, config, checkSender, ownerAddress }: MailParts): HelperMail => ({
  async send(message, idempotencyKey) {
    if (transport === null) {
      throw new HelperFailure(
        'mail_not_configured',
        'give_up',
        'This installation has no mail server (MFH_SMTP_URL).',
        {
          nothingDone: true,
        },
      );
    }
    if (message.from !== undefined) await checkSender(message.from.email);
    try {
      const { messageId } = await transport.sendMail(prepared(message, config.MFH_MAIL_FROM, idempotencyKey));
      return { messageId };
    } catch (error) {
      throw asFailure(error);
    }
  },
  ownerAddress,
});
