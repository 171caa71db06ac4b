import type { VendorClient } from './call/vendor-client.js';

/** What a helper may wait for at a vendor. */
export type AwaitedChange = 'tag_applied' | 'tag_removed' | 'contact_created' | 'field_changed';

/** A subscription as the vendor keeps it. */
export interface WebhookSubscription {
  id: string;
  /** False while the vendor still tries the address out. */
  active: boolean;
}

/** How one vendor tells of changes of contacts. */
export interface VendorWebhooks {
  /** The vendor's name in the address that it calls. */
  address: string;
  /** Changes that it does not tell of, with what to do instead. */
  lacks: Readonly<Partial<Record<AwaitedChange, string>>>;
  /** Whether it tells of tags only one by one: a change of tags can be awaited only for a certain tag. */
  tagByTag?: boolean;
  /**
   * How a changed field, or tag, is found out: the vendor tells it, or only that the contact changed. Then either the
   * whole contact comes with it (`snapshot`), or it has to be read (`look`); both are compared with what was known.
   */
  fields: 'told' | 'snapshot' | 'look';
  tags: 'told' | 'snapshot';
  /**
   * The account that its webhooks name, for vendors that send them all to one address; absent where a connection
   * always knows it.
   */
  account?: (client: VendorClient) => Promise<string>;
  /**
   * What to subscribe to for a change; absent where webhooks are set up once at the vendor, for all connections.
   * @param tagId the vendor's id, where the change is about one tag
   */
  topics?: (change: AwaitedChange, tagId: string | undefined) => readonly string[];
  subscribe?: (client: VendorClient, topic: string, url: string) => Promise<WebhookSubscription>;
  /** A subscription that is gone already is no error. */
  unsubscribe?: (client: VendorClient, id: string) => Promise<void>;
  /** Looks after a subscription: one that the vendor switched off is switched on. @throws `not_found` when it is gone */
  renew?: (client: VendorClient, id: string) => Promise<WebhookSubscription>;
}
