import type { FieldValue, NormalizedContact } from '#connectors';

type ContactReader = (contact: NormalizedContact) => FieldValue;

const fullName: ContactReader = (contact) => `${contact.first_name} ${contact.last_name}`.trim();

/**
 * Names under which texts and conditions may ask for a contact's own fields: snake_case as in configurations, and
 * the Pascal names that older templates use. Letter case counts: `{{EMAIL}}` is not a name.
 */
const STANDARD: ReadonlyMap<string, ContactReader> = new Map<string, ContactReader>(
  (
    [
      [['contact_id', 'ContactId', 'id', 'Id'], (contact) => contact.id],
      [['first_name', 'FirstName'], (contact) => contact.first_name],
      [['last_name', 'LastName'], (contact) => contact.last_name],
      [['full_name', 'FullName'], fullName],
      [['email', 'Email'], (contact) => contact.email],
      [['phone', 'Phone', 'Phone1'], (contact) => contact.phone ?? null],
      [['company', 'Company'], (contact) => contact.company ?? null],
      [['job_title', 'JobTitle'], (contact) => contact.job_title ?? null],
      [['website', 'Website'], (contact) => contact.website ?? null],
      [['birthday', 'Birthday'], (contact) => contact.birthday ?? null],
      [['anniversary', 'Anniversary'], (contact) => contact.anniversary ?? null],
      [['address1', 'Address1'], (contact) => contact.address?.line1 ?? null],
      [['address2', 'Address2'], (contact) => contact.address?.line2 ?? null],
      [['city', 'City'], (contact) => contact.address?.city ?? null],
      [['state', 'State'], (contact) => contact.address?.state ?? null],
      [['zip', 'Zip'], (contact) => contact.address?.zip ?? null],
      [['country', 'Country'], (contact) => contact.address?.country ?? null],
    ] satisfies [string[], ContactReader][]
  ).flatMap(([names, read]) => names.map((name) => [name, read] as const)),
);

/**
 * A field of a contact that was read whole. A custom field hides a standard one of the same name.
 * @returns undefined when the contact has no field of that name
 */
export function contactField(contact: NormalizedContact, name: string): FieldValue | undefined {
  const custom = contact.custom_fields;
  if (custom !== undefined && Object.hasOwn(custom, name)) return custom[name];
  return STANDARD.get(name)?.(contact);
}

/** Whether a field name is one of the names that every CRM knows in some form. */
export const isStandardField = (name: string): boolean => STANDARD.has(name);
