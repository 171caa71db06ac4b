import { verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { badSignature, stale, unreadable, type Delivery, type Received, type WebhookReceiver } from '../delivery.js';
import { jsonObject } from '../read-body.js';

/** Amazon repeats a delivery for about an hour, with the time of the first; stored ids refuse repetitions longer than this. */
const OLDEST_MS = 24 * 60 * 60 * 1000;
const CERTIFICATE = /^https:\/\/sns\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/SimpleNotificationService-[0-9a-f]+\.pem$/;
const CONFIRMATION = /^https:\/\/sns\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?\/\?Action=ConfirmSubscription&/;

const Message = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: z.string().min(1).max(200),
  TopicArn: z.string(),
  Message: z.string(),
  Subject: z.string().optional(),
  Timestamp: z.string(),
  Token: z.string().optional(),
  SubscribeURL: z.string().optional(),
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string(),
  SigningCertURL: z.string(),
});
type Message = z.infer<typeof Message>;

const SIGNED = {
  Notification: ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'],
  SubscriptionConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
  UnsubscribeConfirmation: ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'],
} as const;

/** What the signature is over: each signed field that is there, by name, as lines. */
function signedText(message: Message): string {
  const fields = SIGNED[message.Type].flatMap((name) => {
    const value = message[name];
    return value === undefined ? [] : [`${name}\n${value}\n`];
  });
  return fields.join('');
}

/** What is asked of Amazon; the addresses were checked before. */
export interface Amazon {
  /** The key of the certificate at this address. */
  keyAt(url: string): Promise<KeyObject>;
  visit(url: string): Promise<void>;
}

/** Amazon SES by SNS: signed by a certificate of Amazon's, for topics of ours only. */
export class SesReceiver implements WebhookReceiver {
  readonly vendor = 'ses';

  constructor(
    private readonly topics: readonly string[],
    private readonly amazon: Amazon,
  ) {}

  async receive({ body, receivedAt }: Delivery): Promise<Received> {
    const parsed = Message.safeParse(jsonObject(body));
    if (!parsed.success) throw unreadable(parsed.error);
    const message = parsed.data;
    // Anybody can have a topic at Amazon, properly signed: it must be one of ours, and that costs no request to ask.
    if (!this.topics.includes(message.TopicArn) || !CERTIFICATE.test(message.SigningCertURL)) throw badSignature();
    const age = receivedAt.getTime() - Date.parse(message.Timestamp);
    if (!(Math.abs(age) <= OLDEST_MS)) throw stale('a day');
    await this.check(message);
    if (message.Type === 'SubscriptionConfirmation') await this.confirm(message);
    if (message.Type !== 'Notification') return { events: [] };
    return { events: [{ id: message.MessageId, payload: jsonObject(Buffer.from(message.Message)) }] };
  }

  private async check(message: Message): Promise<void> {
    const key = await this.amazon.keyAt(message.SigningCertURL);
    const algorithm = message.SignatureVersion === '2' ? 'RSA-SHA256' : 'RSA-SHA1';
    const signature = Buffer.from(message.Signature, 'base64');
    if (!verify(algorithm, Buffer.from(signedText(message)), key, signature)) throw badSignature();
  }

  /** Amazon sends to an address only after it was visited at this one. */
  private async confirm({ SubscribeURL: url = '' }: Message): Promise<void> {
    if (!CONFIRMATION.test(url)) throw unreadable();
    await this.amazon.visit(url);
  }
}
