import type { HelperMail, Notification } from '../../_kit/outside-ports.js';
import type { HelperCrypto, HelperHttp, RunClock } from '../../_kit/ports.js';
import type { ServiceConnections } from '../../_kit/service-connections.js';
import { answerFailure } from '../answer-failure.js';
import { postSlackMessage, slackToken, postSlackWebhook } from '../slack/slack-client.js';

/** What a delivery needs of the outside world. */
export interface NotificationParts {
  http: HelperHttp;
  mail: HelperMail;
  crypto: HelperCrypto;
  clock: Pick<RunClock, 'now'>;
  services: ServiceConnections;
  /** Whom the message is about, for receivers that are programs. */
  helperId: string;
  executionId: string;
}

const WEBHOOK_MS = 10_000;
const DEFAULT_SUBJECT = 'Notification';

async function byMail({ mail }: NotificationParts, notification: Notification, key: string) {
  const to = notification.recipient ?? (await mail.ownerAddress());
  const subject = notification.subject === '' ? DEFAULT_SUBJECT : notification.subject;
  const { messageId } = await mail.send({ to, subject, body: notification.message, contentType: 'text/plain' }, key);
  return { recipient: to, reference: messageId };
}

async function bySlack(parts: NotificationParts, { recipient = '', subject, message }: Notification) {
  const text = subject === '' ? message : `*${subject}*\n${message}`;
  if (/^https:/i.test(recipient)) {
    await postSlackWebhook(parts.http, recipient, { text });
    return { recipient: new URL(recipient).origin };
  }
  const { reference } = await postSlackMessage(parts.http, await slackToken(parts.services), {
    channel: recipient,
    text,
  });
  return { recipient, reference };
}

async function byWebhook(parts: NotificationParts, notification: Notification, key: string) {
  const { recipient = '', subject, message, contact, secret } = notification;
  const { helperId, executionId } = parts;
  const body = JSON.stringify({ helper_id: helperId, execution_id: executionId, contact, subject, message });
  const timestamp = String(Math.floor(parts.clock.now().getTime() / 1000));
  const signature =
    secret === undefined ? undefined : parts.crypto.hmacSha256(secret, `${timestamp}.${body}`, 'base64');
  const answer = await parts.http.request({
    method: 'POST',
    url: recipient,
    headers: {
      'Content-Type': 'application/json',
      'Idempotency-Key': key,
      'X-Timestamp': timestamp,
      ...(signature === undefined ? {} : { 'X-Signature-Timestamped': signature }),
    },
    body,
    timeoutMs: WEBHOOK_MS,
  });
  if (answer.status >= 200 && answer.status < 300) return { recipient: new URL(recipient).origin };
  throw answerFailure('The webhook', answer);
}

/** Brings one notification to its channel. @throws HelperFailure */
export function deliverNotification(
  parts: NotificationParts,
  notification: Notification,
  idempotencyKey: string,
): Promise<{ recipient: string; reference?: string }> {
  switch (notification.channel) {
    case 'email':
      return byMail(parts, notification, idempotencyKey);
    case 'slack':
      return bySlack(parts, notification);
    case 'webhook':
      return byWebhook(parts, notification, idempotencyKey);
  }
}
