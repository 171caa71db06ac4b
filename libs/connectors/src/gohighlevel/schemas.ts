import { z } from 'zod';

/** What the connector reads out of the vendor's answers: only what an operation cannot do without is required. */
const Id = z.string().min(1);
const Text = z.string().nullish();
/** Single contacts carry ISO texts, search results milliseconds in some places. */
const Time = z.union([z.string(), z.number()]).nullish();

export const DndSetting = z.object({ status: z.string() });

export const GhlContact = z.object({
  id: Id,
  firstName: Text,
  lastName: Text,
  email: Text,
  phone: Text,
  companyName: Text,
  businessName: Text,
  website: Text,
  timezone: Text,
  source: Text,
  type: Text,
  assignedTo: Text,
  dateOfBirth: Time,
  address1: Text,
  /** Search results call the first address line so. */
  address: Text,
  city: Text,
  state: Text,
  postalCode: Text,
  country: Text,
  dnd: z.boolean().nullish(),
  dndSettings: z.record(z.string(), DndSetting.nullish().catch(undefined)).nullish().catch(undefined),
  tags: z.array(z.string()).nullish(),
  customFields: z.array(z.object({ id: Id, value: z.unknown().optional() })).nullish(),
  dateAdded: Time,
  dateUpdated: Time,
});
export type GhlContact = z.infer<typeof GhlContact>;

/** The flag is misspelt in the contract the connector speaks and spelt right in the newer one. */
const Flags = { succeded: z.boolean().nullish(), succeeded: z.boolean().nullish() };
export const Outcome = z.object(Flags);
export type Outcome = z.infer<typeof Outcome>;

export const ContactAnswer = z.object({ contact: GhlContact });
export const UpdateAnswer = z.object({ ...Flags, contact: GhlContact.nullish() });

const FoundContact = GhlContact.extend({ searchAfter: z.array(z.unknown()).nullish() });
export const SearchAnswer = z.object({ contacts: z.array(FoundContact), total: z.number() });
export type SearchAnswer = z.infer<typeof SearchAnswer>;

export const LocationTag = z.object({ id: Text, name: z.string() });
export type LocationTag = z.infer<typeof LocationTag>;
export const TagList = z.object({ tags: z.array(LocationTag) });
export const TagAnswer = z.object({ tag: LocationTag });

export const FieldList = z.object({
  customFields: z.array(
    z.object({
      id: Id,
      name: Text,
      fieldKey: Text,
      dataType: Text,
      model: Text,
      picklistOptions: z.array(z.unknown()).nullish(),
    }),
  ),
});

const Note = z.object({ id: Id, title: Text, body: Text, bodyText: Text, dateAdded: Text });
export const NoteAnswer = z.object({ note: Note });
export const NoteList = z.object({ notes: z.array(Note) });

export const LocationAnswer = z.object({ location: z.object({ id: Text }).nullish() });

export const Opportunity = z.object({
  id: Id,
  name: Text,
  monetaryValue: z.number().nullish(),
  pipelineStageId: Text,
  createdAt: Text,
});
export type Opportunity = z.infer<typeof Opportunity>;
export const OpportunityAnswer = z.object({ opportunity: Opportunity.nullish() });
export const OpportunityPage = z.object({
  opportunities: z.array(Opportunity),
  meta: z
    .object({
      nextPage: z.unknown().optional(),
      startAfter: z.union([z.number(), z.string()]).nullish(),
      startAfterId: Text,
    })
    .nullish(),
});
