/**
 * The sandbox's own shapes. They belong to no vendor: a dialect translates between them and what its vendor
 * speaks. Times are epoch milliseconds, an empty text means "not set", money is in the smallest unit.
 */
export type FieldValue = string | number | boolean | string[];

export interface EmailSlot {
  slot: number;
  address: string;
  optInReason?: string;
}

export interface PhoneSlot {
  slot: number;
  number: string;
  type: string;
  extension: string;
}

export type AddressKind = 'billing' | 'shipping' | 'other';

export interface PostalAddress {
  kind: AddressKind;
  line1: string;
  line2: string;
  city: string;
  region: string;
  postalCode: string;
  countryCode: string;
}

export interface AppliedTag {
  tagId: string;
  at: number;
}

export interface ContactRecord {
  id: string;
  firstName: string;
  lastName: string;
  emails: EmailSlot[];
  phones: PhoneSlot[];
  addresses: PostalAddress[];
  companyId: string;
  jobTitle: string;
  website: string;
  birthday: string;
  anniversary: string;
  ownerId: string;
  leadSourceId: string;
  score: number;
  tags: AppliedTag[];
  /** Custom values by field id; a field without a value is absent. */
  fields: Record<string, FieldValue>;
  /** Properties that only one vendor knows, kept as that dialect stored them. */
  extra?: Record<string, unknown>;
  createdAt: number;
  updatedAt: number;
}

export interface TagRecord {
  id: string;
  name: string;
  description: string;
  categoryId: string;
  createdAt: number;
  updatedAt: number;
}

export interface TagCategoryRecord {
  id: string;
  name: string;
  description: string;
  createdAt: number;
  updatedAt: number;
}

export type FieldType =
  | 'text'
  | 'long_text'
  | 'whole_number'
  | 'decimal'
  | 'currency'
  | 'percent'
  | 'date'
  | 'date_time'
  | 'choice'
  | 'radio'
  | 'multi_choice'
  | 'yes_no'
  | 'website'
  | 'phone'
  | 'email';

export interface FieldOption {
  id: string;
  label: string;
}

export interface CustomFieldRecord {
  id: string;
  label: string;
  /** Column-like name that vendors use in filters. */
  name: string;
  type: FieldType;
  group: string;
  options: FieldOption[];
}

export interface NoteRecord {
  id: string;
  contactId: string;
  title: string;
  text: string;
  type: string;
  userId: string;
  createdAt: number;
  updatedAt: number;
}

export interface SequenceRecord {
  id: string;
  name: string;
}

export interface GoalRecord {
  id: string;
  name: string;
  integration: string;
  /** `*` listens to every call name of the integration. */
  callName: string;
}

export interface AutomationRecord {
  id: string;
  name: string;
  published: boolean;
  createdAt: number;
  sequences: SequenceRecord[];
  goals: GoalRecord[];
}

/** Who is in a sequence; the id is `<automation id>:<sequence id>`. */
export interface SequenceMembersRecord {
  id: string;
  contactIds: string[];
}

export interface OrderItemRecord {
  id: string;
  name: string;
  quantity: number;
  priceMinor: number;
}

export interface OrderRecord {
  id: string;
  contactId: string;
  title: string;
  status: 'DRAFT' | 'SENT' | 'VIEWED' | 'PAID';
  online: boolean;
  orderedAt: number;
  createdAt: number;
  updatedAt: number;
  totalMinor: number;
  paidMinor: number;
  dueMinor: number;
  refundMinor: number;
  invoiceId: string;
  promoCode: string;
  items: OrderItemRecord[];
}

export interface PaymentRecord {
  id: string;
  contactId: string;
  orderId: string;
  amountMinor: number;
  paidAt: number;
  note: string;
}

/** What a contact pays for again and again. */
export interface SubscriptionRecord {
  id: string;
  contactId: string;
  active: boolean;
  amountMinor: number;
  /** Calendar dates; empty = none. */
  startsOn: string;
  nextBillOn: string;
  lastBillOn: string;
  cycle: 'YEAR' | 'MONTH' | 'WEEK' | 'DAY';
}

/** A card that a contact pays with. */
export interface CardRecord {
  id: string;
  contactId: string;
  brand: string;
  lastFour: string;
  expiryMonth: string;
  expiryYear: string;
  createdAt: number;
}

export interface StageRecord {
  id: string;
  name: string;
  order: number;
  probability: number;
}

export interface OpportunityRecord {
  id: string;
  contactId: string;
  title: string;
  stageId: string;
  userId: string;
  notes: string;
  lowMinor: number;
  highMinor: number;
  createdAt: number;
  updatedAt: number;
}

export interface UserRecord {
  id: string;
  firstName: string;
  lastName: string;
  email: string;
  admin: boolean;
  createdAt: number;
}

export interface CompanyRecord {
  id: string;
  name: string;
  website: string;
  phone: string;
  createdAt: number;
  updatedAt: number;
}

export interface LeadSourceRecord {
  id: string;
  name: string;
  createdAt: number;
}

/** May mail be sent to an address? The id is the address in lower case. */
export interface EmailStatusRecord {
  id: string;
  status: EmailStatus;
  reason: string;
  createdAt: number;
}

export type EmailStatus =
  | 'UNENGAGED_MARKETABLE'
  | 'SINGLE_OPT_IN'
  | 'DOUBLE_OPT_IN'
  | 'CONFIRMED'
  | 'UNENGAGED_NON_MARKETABLE'
  | 'NON_MARKETABLE'
  | 'MANUAL'
  | 'LIST_UNSUBSCRIBE'
  | 'HARD_BOUNCE';
