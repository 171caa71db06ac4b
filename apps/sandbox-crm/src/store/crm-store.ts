import { FIRST_CONTACT_ID } from '../demo-facts.js';
import { Collection, type Differences } from './collection.js';
import { ContactParts } from './contact-parts.js';
import { Contacts } from './contacts.js';
import type {
  AutomationRecord,
  CardRecord,
  CompanyRecord,
  CustomFieldRecord,
  EmailStatusRecord,
  LeadSourceRecord,
  NoteRecord,
  OpportunityRecord,
  OrderRecord,
  PaymentRecord,
  SequenceMembersRecord,
  StageRecord,
  SubscriptionRecord,
  TagCategoryRecord,
  TagRecord,
  UserRecord,
} from './records.js';

/** All that the CRM knows. Dialects read and write it; none of them owns a part of it. */
export class CrmStore {
  readonly contacts: Contacts;
  readonly tags: Collection<TagRecord>;
  readonly tagCategories: Collection<TagCategoryRecord>;
  readonly customFields: Collection<CustomFieldRecord>;
  readonly notes: ContactParts<NoteRecord>;
  readonly automations: Collection<AutomationRecord>;
  readonly sequenceMembers: Collection<SequenceMembersRecord>;
  readonly orders: ContactParts<OrderRecord>;
  readonly payments: ContactParts<PaymentRecord>;
  readonly subscriptions: ContactParts<SubscriptionRecord>;
  readonly cards: ContactParts<CardRecord>;
  readonly opportunities: ContactParts<OpportunityRecord>;
  readonly stages: Collection<StageRecord>;
  readonly users: Collection<UserRecord>;
  readonly companies: Collection<CompanyRecord>;
  readonly leadSources: Collection<LeadSourceRecord>;
  readonly emailStatuses: Collection<EmailStatusRecord>;

  /** `onChange` is called after every change, also while a snapshot is restored. */
  constructor(onChange: () => void) {
    this.contacts = new Contacts(FIRST_CONTACT_ID, onChange);
    this.tags = new Collection<TagRecord>(101, onChange);
    this.tagCategories = new Collection<TagCategoryRecord>(10, onChange);
    this.customFields = new Collection<CustomFieldRecord>(1, onChange);
    this.notes = new ContactParts<NoteRecord>(5001, onChange);
    this.automations = new Collection<AutomationRecord>(301, onChange);
    this.sequenceMembers = new Collection<SequenceMembersRecord>(1, onChange);
    this.orders = new ContactParts<OrderRecord>(7001, onChange);
    this.payments = new ContactParts<PaymentRecord>(8001, onChange);
    this.subscriptions = new ContactParts<SubscriptionRecord>(4001, onChange);
    this.cards = new ContactParts<CardRecord>(3001, onChange);
    this.opportunities = new ContactParts<OpportunityRecord>(9001, onChange);
    this.stages = new Collection<StageRecord>(1, onChange);
    this.users = new Collection<UserRecord>(1, onChange);
    this.companies = new Collection<CompanyRecord>(501, onChange);
    this.leadSources = new Collection<LeadSourceRecord>(1, onChange);
    this.emailStatuses = new Collection<EmailStatusRecord>(1, onChange);
  }

  /** Removes a contact with everything that belongs to it. */
  deleteContact(id: string): boolean {
    if (!this.contacts.delete(id)) return false;
    const { notes, orders, payments, subscriptions, cards, opportunities } = this;
    for (const part of [notes, orders, payments, subscriptions, cards, opportunities]) {
      for (const record of part.of(id)) part.delete(record.id);
    }
    return true;
  }

  /** What differs from the seed, by the names of the collections. */
  differences(): StoreDifferences {
    const differences: StoreDifferences = {};
    for (const [name, collection] of this.#collections()) differences[name] = collection.differences();
    return differences;
  }

  /** Applies what `differences` gave, on a store seeded in the same way. */
  restore(differences: StoreDifferences): void {
    for (const [name, collection] of this.#collections()) {
      const part = differences[name];
      if (part !== undefined) collection.restore(part);
    }
  }

  #collections(): [string, Restorable][] {
    const { contacts, tags, tagCategories, customFields, notes, automations, sequenceMembers, orders } = this;
    const { payments, subscriptions, cards, opportunities, stages, users, companies, leadSources, emailStatuses } =
      this;
    return Object.entries<Restorable>({
      contacts,
      tags,
      tagCategories,
      customFields,
      notes,
      automations,
      sequenceMembers,
      orders,
      payments,
      subscriptions,
      cards,
      opportunities,
      stages,
      users,
      companies,
      leadSources,
      emailStatuses,
    });
  }
}

export type StoreDifferences = Record<string, Differences<unknown>>;

interface Restorable {
  differences(): Differences<unknown>;
  restore(differences: Differences<unknown>): void;
}
