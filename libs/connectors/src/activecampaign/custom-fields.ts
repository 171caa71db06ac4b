import { path } from '../_kit/call/vendor-path.js';
import type { CustomField } from '../_kit/contact.js';
import type { Caller } from './caller.js';
import { everyPage } from './paging.js';
import { FieldPage } from './schemas.js';

/** The account's own contact fields. A field names its choices by id; they come beside the fields of each page. */
export async function customFields(client: Caller): Promise<CustomField[]> {
  const pages = await everyPage(
    client,
    { operation: 'getCustomFields', path: path`/fields`, target: 'fields', answer: FieldPage },
    ({ fields }) => fields.length,
  );
  const options = optionsByField(pages);
  return pages
    .flatMap(({ fields }) => fields)
    .map(({ id, title, type, perstag, defval }) => ({
      id,
      key: perstag ?? id,
      label: title ?? '',
      field_type: type ?? '',
      ...(options.has(id) ? { options: options.get(id) ?? [] } : {}),
      ...(defval ? { default_value: defval } : {}),
    }));
}

function optionsByField(pages: readonly FieldPage[]): Map<string, string[]> {
  const options = new Map<string, string[]>();
  const inOrder = pages
    .flatMap(({ fieldOptions }) => fieldOptions ?? [])
    .toSorted((a, b) => Number(a.orderid ?? 0) - Number(b.orderid ?? 0));
  for (const { field, value, label } of inOrder) {
    // What is written is the value, whatever is shown for it.
    const choice = value ? value : label;
    if (choice) options.set(field, [...(options.get(field) ?? []), choice]);
  }
  return options;
}
