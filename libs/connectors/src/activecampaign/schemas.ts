import { z } from 'zod';

/** Ids are texts nearly everywhere; some answers to writes repeat them as numbers. */
const Id = z.union([z.string().min(1), z.number()]).transform(String);
const Text = z.string().nullish();

/** How many records there are; a text in most answers. */
export const Meta = z.object({ total: z.union([z.string(), z.number()]).nullish() }).nullish();
export type Meta = z.infer<typeof Meta>;

export const AcContact = z.object({
  id: Id,
  email: Text,
  firstName: Text,
  lastName: Text,
  phone: Text,
  cdate: Text,
  udate: Text,
});
export type AcContact = z.infer<typeof AcContact>;

const AcFieldValue = z.object({ contact: Id.nullish(), field: Id, value: z.unknown() });
export const AcContactTag = z.object({ id: Id, contact: Id.nullish(), tag: Id });
export const AcTag = z.object({ id: Id, tag: Text, tagType: Text, description: Text });
export type AcTag = z.infer<typeof AcTag>;
export const AcAccountContact = z.object({ id: Id, contact: Id.nullish(), account: Id, jobTitle: Text });
export const AcAccount = z.object({ id: Id, name: Text });
const AcContactList = z.object({ contact: Id.nullish(), list: Id, status: Id });

/** What comes beside contacts when it is asked for. */
const SideLoads = {
  fieldValues: z.array(AcFieldValue).nullish(),
  contactTags: z.array(AcContactTag).nullish(),
  tags: z.array(AcTag).nullish(),
  accountContacts: z.array(AcAccountContact).nullish(),
  accounts: z.array(AcAccount).nullish(),
  contactLists: z.array(AcContactList).nullish(),
};
export const SideLoaded = z.object(SideLoads);
export type SideLoaded = z.infer<typeof SideLoaded>;

export const ContactAnswer = z.object({ contact: AcContact, ...SideLoads });
export const ContactPage = z.object({ contacts: z.array(AcContact), meta: Meta, ...SideLoads });
export const WrittenContact = z.object({ contact: AcContact });

export const ContactTagPage = z.object({ contactTags: z.array(AcContactTag), meta: Meta });
export const WrittenContactTag = z.object({ contactTag: AcContactTag });
export const TagPage = z.object({ tags: z.array(AcTag), meta: Meta });
export const WrittenTag = z.object({ tag: AcTag });

export const FieldPage = z.object({
  fields: z.array(z.object({ id: Id, title: Text, type: Text, perstag: Text, defval: Text })),
  fieldOptions: z.array(z.object({ field: Id, value: Text, label: Text, orderid: Id.nullish() })).nullish(),
  meta: Meta,
});
export type FieldPage = z.infer<typeof FieldPage>;

export const AccountPage = z.object({ accounts: z.array(AcAccount), meta: Meta });
export const AccountAnswer = z.object({ account: AcAccount });
export const WrittenAccountContact = z.object({ accountContact: AcAccountContact });

/** What became of a subscription, where the answer tells. */
export const WrittenContactList = z.object({ contactList: z.object({ status: Id.nullish() }).nullish() });
export const ListPage = z.object({ lists: z.array(z.object({ id: Id })), meta: Meta });
export const AutomationEntries = z.object({
  contactAutomations: z.array(z.object({ automation: Id.nullish(), seriesid: Id.nullish(), adddate: Text })),
  meta: Meta,
});

export const NotePage = z.object({ notes: z.array(z.object({ id: Id, note: Text, cdate: Text })), meta: Meta });
export const WrittenNote = z.object({ note: z.object({ id: Id }) });

export const AcDeal = z.object({
  id: Id,
  title: Text,
  stage: Id.nullish(),
  /** In hundredths of the currency. */
  value: Id.nullish(),
  cdate: Text,
});
export type AcDeal = z.infer<typeof AcDeal>;
export const DealPage = z.object({ deals: z.array(AcDeal), meta: Meta });
export const WrittenDeal = z.object({ deal: z.object({ id: Id }) });

export const OwnUser = z.object({ user: z.object({ id: Id.nullish() }) });
