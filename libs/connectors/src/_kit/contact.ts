/** A value of a contact field as the rest of the product sees it: never a vendor's object. */
export type FieldValue = string | number | boolean | string[] | null;

/** A tag on a contact. `name` is '' when the vendor tells only ids. */
export interface TagRef {
  id: string;
  name: string;
}

/** The contact's (billing) address. Absent parts are unknown or empty. */
export interface Address {
  line1?: string;
  line2?: string;
  city?: string;
  state?: string;
  zip?: string;
  country?: string;
}

/** Slugs of the platforms whose contacts can be read and changed through the connector port. */
export const CRM_PLATFORMS = [
  'keap',
  'gohighlevel',
  'activecampaign',
  'ontraport',
  'hubspot',
  'stripe',
  'sandbox',
] as const;
export type PlatformSlug = (typeof CRM_PLATFORMS)[number];

/**
 * One contact in the product's own shape, whatever CRM it lives in.
 * `id` and `source_id` are equal; instants are RFC 3339 in UTC.
 */
export interface NormalizedContact {
  id: string;
  first_name: string;
  last_name: string;
  email: string;
  phone?: string;
  company?: string;
  job_title?: string;
  website?: string;
  /** Calendar date, YYYY-MM-DD. */
  birthday?: string;
  /** Calendar date, YYYY-MM-DD. */
  anniversary?: string;
  tags?: TagRef[];
  /** Key: the vendor's field id (Keap, GoHighLevel, ActiveCampaign) or name (Ontraport, HubSpot). */
  custom_fields?: Record<string, FieldValue>;
  source_crm: PlatformSlug;
  source_id: string;
  created_at?: string;
  updated_at?: string;
  address?: Address;
}

export interface Tag {
  id: string;
  name: string;
  description?: string;
  category?: string;
  /** The vendor's own id where its operations go by something else; understood wherever a tag is named, never sent. */
  vendor_id?: string;
}

/** A field the account has added to contacts at its vendor. `field_type` is the vendor's own word. */
export interface CustomField {
  id: string;
  key: string;
  label: string;
  field_type: string;
  group_name?: string;
  options?: string[];
  default_value?: string;
}

/** What to list. `cursor` is opaque and comes from an earlier page of the same query. */
export interface QueryOptions {
  limit?: number;
  offset?: number;
  cursor?: string;
  /** `field` or `-field` (descending), with the product's field names; `tagged_at` for the contacts of one tag. */
  order_by?: string;
  /** Product field name to value; all must hold. */
  filters?: Record<string, string>;
  tag_id?: string;
  /** The caller looks at ids only: everything else of a contact may be left empty where it costs further requests. */
  ids_only?: boolean;
  /** Exact address, letter case ignored. */
  email?: string;
}

export interface ContactList {
  contacts: NormalizedContact[];
  /** -1 when the vendor does not tell. */
  total: number;
  next_cursor?: string;
  /** From the vendor's own marker, never guessed from a full page. */
  has_more: boolean;
}

export interface CreateContactInput {
  first_name: string;
  last_name: string;
  email: string;
  phone?: string;
  company?: string;
  custom_fields?: Record<string, FieldValue>;
  /** Ids or names. */
  tags?: string[];
}

/** An absent key leaves the value, '' clears it. */
export interface UpdateContactInput {
  first_name?: string;
  last_name?: string;
  email?: string;
  phone?: string;
  company?: string;
  custom_fields?: Record<string, FieldValue>;
}

/** job = order, lead = opportunity. */
export const RELATED_KINDS = ['invoice', 'job', 'subscription', 'lead', 'creditcard', 'payment'] as const;
export type RelatedKind = (typeof RELATED_KINDS)[number];

/** Field names as the helper forms offer them: `Id`, `InvoiceTotal`, `TotalPaid`, `DateCreated`, `StageID` ... */
export type RelatedRecord = Record<string, FieldValue>;

export interface RelatedQuery {
  /** `first` and `last` answer at most one record: the oldest or the newest by the record's own date, ties by id. */
  order: 'first' | 'last' | 'all';
  /** Opportunities of this stage only. */
  stage?: string;
}

/** Latest instants (RFC 3339) known for one address. */
export interface EmailStats {
  LastOpenDate?: string;
  LastClickDate?: string;
  LastSentDate?: string;
}

/** What became of one e-mail to a contact; instants are RFC 3339, absent for what did not happen. */
export interface SentEmail {
  sent_at?: string;
  opened_at?: string;
  clicked_at?: string;
}

export interface NoteInput {
  title: string;
  body: string;
  /** One of the vendor's kinds; `general` for none in particular. */
  type: string;
  /** The vendor's user in whose name the note is written; the connection's own user when absent. */
  user_id?: string;
}
