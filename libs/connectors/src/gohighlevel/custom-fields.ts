import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import type { CustomField } from '../_kit/contact.js';
import { FieldList } from './schemas.js';

/** What every key of a contact's field begins with. */
export const FIELD_PREFIX = 'contact.';

/** The location's own fields of contacts; the list is not paged. */
export async function customFields(client: VendorClient): Promise<CustomField[]> {
  const { customFields: fields } = await client.call({
    operation: 'getCustomFields',
    method: 'GET',
    path: path`/locations/${client.accountId}/customFields`,
    target: 'customFields',
    query: { model: 'contact' },
    repeatable: true,
    answer: FieldList,
  });
  return fields
    .filter(({ model }) => (model ?? 'contact') === 'contact')
    .map(({ id, name, fieldKey, dataType, picklistOptions }) => {
      const options = (picklistOptions ?? []).filter((option) => typeof option === 'string');
      return {
        id,
        key: fieldKey ?? id,
        label: name ?? '',
        field_type: dataType ?? 'TEXT',
        ...(options.length > 0 && { options }),
      };
    });
}
