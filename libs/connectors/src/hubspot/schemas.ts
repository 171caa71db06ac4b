import { z } from 'zod';

/** What the connector reads out of HubSpot's answers; unknown members are dropped. */
const Id = z.string().min(1);
const Text = z.string().nullish();
const Flag = z.boolean().nullish();
const Paging = z.object({ next: z.object({ after: z.string().min(1) }).nullish() }).nullish();

/** Contacts, notes and deals have the same form: all values are texts. */
export const HubspotObject = z.object({
  id: Id,
  properties: z.record(z.string(), Text),
  createdAt: Text,
  updatedAt: Text,
});
export type HubspotObject = z.infer<typeof HubspotObject>;
export type HubspotContact = HubspotObject;

export const ContactPage = z.object({ results: z.array(HubspotObject), paging: Paging });
export const SearchPage = z.object({ total: z.number(), results: z.array(HubspotObject), paging: Paging });

/** A batch tells what it could not do inside a success. */
export const ObjectBatch = z.object({
  results: z.array(HubspotObject),
  numErrors: z.number().nullish(),
  errors: z.array(z.object({ category: Text })).nullish(),
});

const PropertyOption = z.object({ label: z.string(), value: z.string() });

export const Property = z.object({
  name: Id,
  label: z.string(),
  type: z.string(),
  fieldType: Text,
  groupName: Text,
  options: z.array(PropertyOption).nullish(),
  hubspotDefined: Flag,
  calculated: Flag,
  archived: Flag,
  modificationMetadata: z.object({ readOnlyValue: Flag }).nullish(),
});
export type Property = z.infer<typeof Property>;
export const PropertyPage = z.object({ results: z.array(Property) });

export const ContactList = z.object({ listId: Id, name: z.string(), processingType: z.string() });
export type ContactList = z.infer<typeof ContactList>;
export const ListPage = z.object({ lists: z.array(ContactList), hasMore: z.boolean(), offset: z.number() });
export const MadeList = z.object({ list: ContactList });
export const LegacyList = z.object({ listId: Text });

export const MemberPage = z.object({ results: z.array(z.object({ recordId: Id })), paging: Paging });
export const MembershipsOfContact = z.object({ results: z.array(z.object({ listId: Id })) });
export const MembershipChange = z.object({ recordIdsMissing: z.array(z.string()).nullish() });

export const AssociatedPage = z.object({
  results: z.array(z.object({ toObjectId: z.union([z.string(), z.number()]).transform(String) })),
  paging: Paging,
});

export const SubscriptionType = z.object({
  id: z.union([z.string(), z.number()]).transform(Number),
  isActive: Flag,
  isDefault: Flag,
  isInternal: Flag,
  purpose: Text,
  communicationMethod: Text,
});
export type SubscriptionType = z.infer<typeof SubscriptionType>;
export const SubscriptionTypes = z.object({ results: z.array(SubscriptionType) });

export const SubscriptionStatuses = z.object({
  results: z.array(z.object({ status: Text })).nullish(),
  numErrors: z.number().nullish(),
});
