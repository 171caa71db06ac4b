import { defineCollection, keptBecause, type Entity } from '#persistence';

/** A link in a mail by which its recipient ends mails of its kind. The id is the hash of its token. */
export interface UnsubscribeLink extends Entity {
  address: string;
  expire_at: Date;
}

export const unsubscribeLinkCollection = defineCollection<UnsubscribeLink>({
  name: 'unsubscribe_links',
  domain: 'unsubscribe_links',
  title: 'Unsubscribe link',
  erasure: keptBecause('lets people end mails that they have got; expires by itself'),
  fields: { address: { type: String, required: true }, expire_at: { type: Date, required: true } },
  indexes: [{ keys: { address: 1 } }, { keys: { expire_at: 1 }, options: { expireAfterSeconds: 0 } }],
});
