import type { ContactChange, ContactChanged } from '#contracts';
import type { FieldValue } from '#connectors';

/** A change that the vendor tells itself. */
export interface Told {
  contactId: string;
  change: ContactChange;
  tag?: NonNullable<ContactChanged['tag']>;
  field?: NonNullable<ContactChanged['field']>;
  occurredAt: Date;
  /** What makes it this change and no other, equally in every delivery. */
  identity: readonly unknown[];
  /** The vendor says this of known contacts, too: then it is no creation but an update. */
  onlyIfUnknown?: boolean;
}

/** A contact as it was at a moment, as far as its vendor tells. */
export interface Snapshot {
  contactId: string;
  at: Date;
  /** The contact was made at this moment: all its tags are new. */
  created: boolean;
  /** By id or by name, as the vendor tells them; absent where it does not. */
  tags?: readonly string[];
  /** Standard fields by our names, custom fields by the vendor's ids. */
  fields: Readonly<Record<string, FieldValue>>;
  /** Standard fields that the vendor would have told: one of them that is absent is empty. */
  covers: readonly string[];
}

/** What one event of a vendor says. */
export interface Reading {
  told: readonly Told[];
  snapshot?: Snapshot;
  /** Contacts that changed in a way that only reading them can tell. */
  looks: readonly { contactId: string; at: Date }[];
  /** The vendor's account, where one address serves all connections. */
  account?: string;
  /** The account removed our app. */
  removed?: boolean;
}

/** What a reader is given beside the payload. */
export interface ReadingHints {
  eventId: string;
  receivedAt: Date;
  /** What the subscription with this id was for; undefined for an unknown one. */
  topicOf: (subscriptionId: string) => string | undefined;
}

export type Reader = (payload: Record<string, unknown>, hints: ReadingHints) => Reading;

export const NOTHING: Reading = { told: [], looks: [] };
