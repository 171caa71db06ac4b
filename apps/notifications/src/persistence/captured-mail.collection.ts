import { defineCollection, type Entity, keptBecause } from '#persistence';

/** A mail that was caught instead of sent, as its recipient would have got it. */
export interface CapturedMail extends Entity {
  account_id?: string;
  to: string;
  from: string;
  subject: string;
  html: string;
  text: string;
  template_id: string;
  headers: string;
  expire_at: Date;
}

export const capturedMailCollection = defineCollection<CapturedMail>({
  name: 'captured_mails',
  domain: 'captured_mails',
  title: 'Captured mail',
  erasure: keptBecause("exists on developers' machines only and expires by itself"),
  fields: {
    to: { type: String, required: true },
    from: { type: String, required: true },
    subject: String,
    html: String,
    text: String,
    template_id: String,
    headers: String,
    expire_at: { type: Date, required: true },
  },
  indexes: [
    { keys: { to: 1, created_at: -1 } },
    { keys: { created_at: -1 } },
    { keys: { expire_at: 1 }, options: { expireAfterSeconds: 0 } },
  ],
});
