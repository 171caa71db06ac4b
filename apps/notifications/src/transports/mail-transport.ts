/** A mail as it goes out. */
export interface OutgoingMail {
  /** The same in every attempt: transports that can, drop repetitions by it. */
  id: string;
  to: { address: string; name?: string };
  from: string;
  replyTo?: string;
  subject: string;
  html: string;
  text: string;
  templateId: string;
  accountId?: string;
  /** One click ends mails of this kind (RFC 8058). */
  unsubscribeUrl?: string;
}

/** A way for mail to leave. */
export interface MailTransport {
  /**
   * @returns the id that the mail system gave
   * @throws MailNotTaken
   */
  send(mail: OutgoingMail): Promise<string>;
  close(): Promise<void>;
}

/**
 * The mail was not taken. `later`: another attempt may help; `never`: it cannot; `bounced`: it cannot, and no other mail
 * to this address will.
 */
export class MailNotTaken extends Error {
  constructor(
    readonly again: 'later' | 'never' | 'bounced',
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'MailNotTaken';
  }
}

/** Headers that let mail programs offer to unsubscribe. */
export const unsubscribeHeaders = (url: string): Record<string, string> => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
});

/** Characters that part a list of addresses: with one of them, one recipient might become two. */
const PARTING = /[<>,;:"()[\]\\\s]/;

/** @throws MailNotTaken when the text is not exactly one plain address */
export function oneAddress(address: string): string {
  if (PARTING.test(address)) throw new MailNotTaken('never', 'The address of the recipient cannot be used.');
  return address;
}
