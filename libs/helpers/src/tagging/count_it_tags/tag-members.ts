import type { QueryOptions } from '#connectors';
import type { ContactCrm } from '../../_kit/crm/contact-crm.js';
import { HelperFailure } from '../../_kit/helper-failure.js';

/** How many contacts have a tag, and which of them the contact of the run is. */
export interface TagMembers {
  total: number;
  /** From 1; 0 when the contact does not have the tag. */
  position: number;
}

const PAGE = 1000;

/**
 * Walks through the contacts that have a tag, in the order of tagging where the CRM can tell it.
 * @throws HelperFailure `incomplete_list` (retry) when the CRM says that there is more and does not give it
 */
export async function tagMembers(crm: ContactCrm, tag: string, signal: AbortSignal): Promise<TagMembers> {
  const query: QueryOptions = { tag_id: tag, limit: PAGE, ids_only: true };
  const platform = await crm.platform();
  if (platform === 'keap' || platform === 'sandbox') query.order_by = 'tagged_at';
  const seen = new Set<string>();
  let position = 0;
  let cursor: string | undefined;
  for (;;) {
    signal.throwIfAborted();
    const page = await crm.getContacts(cursor === undefined ? query : { ...query, cursor });
    for (const { id } of page.contacts) {
      seen.add(id);
      if (id === crm.contactId && position === 0) position = seen.size;
    }
    if (page.total >= 0 && position > 0) return { total: page.total, position };
    if (!page.has_more) return { total: Math.max(page.total, seen.size), position };
    if (page.next_cursor === undefined || page.next_cursor === cursor) {
      throw new HelperFailure('incomplete_list', 'retry', `The CRM did not list all contacts with the tag ${tag}.`);
    }
    cursor = page.next_cursor;
  }
}
