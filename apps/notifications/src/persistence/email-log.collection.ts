import { Schema } from 'mongoose';
import { mailSealScope, type MailTemplateId } from '#contracts';
import { defineCollection, erasedByAccountAndUser, type Entity } from '#persistence';

/**
 * `queued → sending → sent | failed`, back to `queued` for another attempt; `suppressed` and `expired` were never tried
 * because the recipient wants none, or the mail came too late to be of use. A `sent` one may come back as `bounced`, or
 * be called unwanted (`complained`).
 */
export const EMAIL_STATUSES = [
  'queued',
  'sending',
  'sent',
  'failed',
  'suppressed',
  'expired',
  'bounced',
  'complained',
] as const;
export type EmailStatus = (typeof EMAIL_STATUSES)[number];

/** One mail to one recipient, from its request on. What it says is kept only until it is sent. */
export interface EmailLog extends Entity {
  account_id?: string;
  user_id?: string;
  template_id: MailTemplateId;
  recipient_email: string;
  recipient_name?: string;
  status: EmailStatus;
  /** Present while it may still be sent. */
  variables?: Record<string, unknown>;
  sealed?: Record<string, string>;
  attempts: number;
  next_attempt_at: Date;
  /** A process that has not come back by then has died; another one goes on. */
  claimed_until?: Date;
  useful_until?: Date;
  /** Id that the mail system gave. */
  message_id?: string;
  error_message?: string;
  sent_at?: Date;
  expire_at: Date;
}

export const emailLogCollection = defineCollection<EmailLog>({
  name: 'email_logs',
  domain: 'emails',
  title: 'Email',
  sealedFor: ({ _id }) => mailSealScope(_id),
  erasure: erasedByAccountAndUser('user_id'),
  fields: {
    user_id: String,
    template_id: { type: String, required: true },
    recipient_email: { type: String, required: true },
    recipient_name: String,
    status: { type: String, required: true, enum: EMAIL_STATUSES },
    variables: Schema.Types.Mixed,
    sealed: Schema.Types.Mixed,
    attempts: { type: Number, required: true },
    next_attempt_at: { type: Date, required: true },
    claimed_until: Date,
    useful_until: Date,
    message_id: String,
    error_message: String,
    sent_at: Date,
    expire_at: { type: Date, required: true },
  },
  indexes: [
    { keys: { account_id: 1, created_at: -1 } },
    { keys: { recipient_email: 1, created_at: -1 } },
    { keys: { status: 1, next_attempt_at: 1 } },
    { keys: { message_id: 1 }, options: { partialFilterExpression: { message_id: { $exists: true } } } },
    { keys: { expire_at: 1 }, options: { expireAfterSeconds: 0 } },
  ],
});
