import { z } from 'zod';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { readEmailAddress } from '../../_kit/text/email-address.js';

const ADDRESSES = /[^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+/gu;

const Attachment = z.object({
  name: z.string().min(1),
  content_type: z.string().default('application/octet-stream'),
  content_base64: z.base64(),
});

/** Mail as the request brings it. */
const ForwardedMail = z.object({
  from: z.string(),
  subject: z.string().default(''),
  text: z.string().default(''),
  /** What the receiving server found out about the sender. */
  spf: z.string().default(''),
  dkim: z.string().default(''),
  attachments: z.array(Attachment).max(20).default([]),
});
export type ForwardedMail = z.output<typeof ForwardedMail>;

/** @throws HelperFailure `mail_missing` */
export function forwardedMail(input: Record<string, unknown>): ForwardedMail {
  const mail = ForwardedMail.safeParse(input['email']);
  if (mail.success) return mail.data;
  throw new HelperFailure(
    'mail_missing',
    'give_up',
    'The request holds no mail: send it as "email" with from, subject and text.',
  );
}

/** Addresses in a text, in lower case, each once. */
export function addressesIn(text: string): string[] {
  const found = [...text.matchAll(ADDRESSES)].map(([address]) => address.replace(/[.]+$/, '').toLowerCase());
  return [...new Set(found.filter((address) => readEmailAddress(address) !== null))];
}

const isAmong = (address: string, senders: readonly string[]): boolean =>
  senders.some((sender) => {
    const wanted = sender.trim().toLowerCase();
    return wanted.startsWith('@') ? address.endsWith(wanted) : address === wanted;
  });

/**
 * Whose mail it is: listed, and proven by what the receiving server checked.
 * @returns the sender's address
 * @throws HelperFailure `sender_not_allowed`
 */
export function checkedSender({ from, spf, dkim }: ForwardedMail, senders: readonly string[]): string {
  const [address = ''] = addressesIn(from).slice(-1);
  if (!isAmong(address, senders)) {
    throw new HelperFailure('sender_not_allowed', 'give_up', `${address || 'The sender'} may not attach mail.`);
  }
  if (![spf, dkim].some((verdict) => verdict.toLowerCase() === 'pass')) {
    throw new HelperFailure(
      'sender_not_allowed',
      'give_up',
      `Nothing proves that the mail is from ${address} (SPF, DKIM).`,
    );
  }
  return address;
}

/** Whom the forwarded message was from or to, by the lines that mail programs put above it. */
export function correspondents({ text }: ForwardedMail, senders: readonly string[]): string[] {
  const lines = text.split('\n').filter((line) => /^[\s>*]*(?:from|to|cc|von|an|de|para|à)\s?\*?:/iu.test(line));
  const named = addressesIn(lines.join('\n'));
  const all = named.length > 0 ? named : addressesIn(text);
  return all.filter((address) => !isAmong(address, senders));
}
