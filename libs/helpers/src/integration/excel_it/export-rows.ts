import type { NormalizedContact } from '#connectors';
import type { ContactCrm } from '../../_kit/crm/contact-crm.js';
import { contactField } from '../../_kit/crm/contact-fields.js';
import { lookUpTags } from '../../_kit/crm/resolve-tags.js';
import { HelperFailure } from '../../_kit/helper-failure.js';
import { fieldText } from '../../_kit/text/field-text.js';

const PAGE = 200;
/** Of one file; beyond it the data export of the platform is the better way. */
const MOST_CONTACTS = 20_000;

type Row = readonly string[];
type RowOf = (contact: NormalizedContact) => Row;

/** Custom fields by label, besides the names that contacts answer to themselves. */
async function rowOf(crm: ContactCrm, fields: readonly string[], sample: NormalizedContact): Promise<RowOf> {
  const open = fields.filter((field) => contactField(sample, field) === undefined);
  const definitions = open.length > 0 && (await crm.supports('custom_fields')) ? await crm.getCustomFields() : [];
  const keys = new Map(
    open.flatMap((field) => {
      const wanted = field.toLowerCase();
      const found = definitions.find(({ key, id, label }) =>
        [key, id, label].some((each) => each.trim().toLowerCase() === wanted),
      );
      return found === undefined ? [] : [[field, found] as const];
    }),
  );
  return (contact) =>
    fields.map((field) => {
      const { id = field, key = field } = keys.get(field) ?? {};
      return fieldText(contactField(contact, field) ?? contactField(contact, id) ?? contactField(contact, key));
    });
}

/** One row, of the run's contact. */
export async function contactRow(crm: ContactCrm, fields: readonly string[]): Promise<Row[]> {
  const contact = await crm.contact();
  return [(await rowOf(crm, fields, contact))(contact)];
}

/**
 * One row for every contact with a tag, page by page.
 * @throws HelperFailure `tag_not_found`, `too_many_contacts`
 */
export async function taggedRows(crm: ContactCrm, tag: string, fields: readonly string[]): Promise<Row[]> {
  const tagId = (await lookUpTags(crm, [tag])).get(tag)?.id ?? tag;
  const rows: Row[] = [];
  let toRow: RowOf | undefined;
  let cursor: string | undefined;
  do {
    const page = await crm.getContacts({ tag_id: tagId, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
    for (const contact of page.contacts) {
      toRow ??= await rowOf(crm, fields, contact);
      rows.push(toRow(contact));
    }
    if (rows.length > MOST_CONTACTS) {
      throw new HelperFailure('too_many_contacts', 'give_up', `More than ${MOST_CONTACTS} contacts have the tag.`);
    }
    cursor = page.has_more ? page.next_cursor : undefined;
  } while (cursor !== undefined);
  return rows;
}
