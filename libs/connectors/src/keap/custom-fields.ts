import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import type { CustomField } from '../_kit/contact.js';
import { ContactModel } from './schemas.js';

/** The account's own contact fields; the model is not paged. */
export async function customFields(client: VendorClient): Promise<CustomField[]> {
  const model = await client.call({
    operation: 'getCustomFields',
    method: 'GET',
    path: path`/contacts/model`,
    target: 'contacts/model',
    repeatable: true,
    answer: ContactModel,
  });
  return (model.custom_fields ?? []).map((field) => {
    const options = (field.options ?? []).flatMap(({ label, id }) => label ?? id ?? []);
    return {
      id: field.id,
      key: field.field_name ?? field.id,
      label: field.label ?? '',
      field_type: field.field_type ?? '',
      ...(field.group_name ? { group_name: field.group_name } : {}),
      ...(options.length > 0 ? { options } : {}),
      ...(field.default_value ? { default_value: field.default_value } : {}),
    };
  });
}
