import type { NormalizedContact } from '#connectors';
import { HelperFailure } from '../../_kit/helper-failure.js';
import type { RunContext } from '../../_kit/run-context.js';
import type { GoogleSheetItConfig } from './google-sheet-it.config.js';

const PAGE_SIZE = 500;
/** What one run may hold; a spreadsheet with more is better served by a backup. */
const MOST_CONTACTS = 50_000;

/** The contact of the run, or those of a tag; a search that is no tag means every contact. */
export async function contactsToWrite(context: RunContext<GoogleSheetItConfig>): Promise<NormalizedContact[]> {
  const { config, crm, signal } = context;
  const { search_id: search } = config;
  if (search === undefined) return [await crm.contact()];
  const isTag = (await crm.getTags()).some(({ id }) => id === search);
  if (!isTag) context.warn(`The CRM has no tag ${search}: all contacts are written.`);
  const contacts: NormalizedContact[] = [];
  let cursor: string | undefined;
  do {
    signal.throwIfAborted();
    const page = await crm.getContacts({
      limit: PAGE_SIZE,
      ...(isTag ? { tag_id: search } : {}),
      ...(cursor === undefined ? {} : { cursor }),
    });
    contacts.push(...page.contacts);
    cursor = page.has_more ? page.next_cursor : undefined;
    if (contacts.length > MOST_CONTACTS) {
      throw new HelperFailure(
        'too_many_contacts',
        'give_up',
        `More than ${MOST_CONTACTS} contacts: choose a smaller tag.`,
      );
    }
  } while (cursor !== undefined);
  return contacts;
}
