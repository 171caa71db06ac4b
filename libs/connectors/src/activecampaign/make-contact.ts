import type { CreateContactInput } from '../_kit/contact.js';
import { refuse, rethrowWithContact } from '../_kit/refuse.js';
import { accountChange, changeAccount } from './accounts.js';
import type { Caller } from './caller.js';
import { contactChange, fieldsOfCreation } from './contact-change.js';
import type { AppliedTag, ContactAccount, ContactRecord } from './contact-record.js';
import { postContact } from './contacts.js';
import { applyTag } from './tags.js';

const operation = 'createContact';

/** Makes a contact with its custom values in one request; company and tags are requests of their own. */
export async function makeContact(client: Caller, input: CreateContactInput): Promise<ContactRecord> {
  const fields = fieldsOfCreation(input);
  const change = contactChange(client.platform, operation, fields);
  const account = accountChange(fields);
  if (change.properties['email'] === undefined) {
    throw refuse(client.platform, operation, 'validation', 'A contact of ActiveCampaign needs an e-mail address');
  }
  if (account.jobTitle !== undefined && account.company === undefined) {
    throw refuse(client.platform, operation, 'validation', 'A job title can only be kept with a company');
  }
  const contact = await postContact(client, change);
  const rest = await complete(client, contact.id, account, input.tags ?? []).catch(rethrowWithContact(contact.id));
  return { id: contact.id, contact, values: change.values, lists: [], ...rest };
}

async function complete(
  client: Caller,
  contactId: string,
  account: ReturnType<typeof accountChange>,
  tagIds: readonly string[],
): Promise<{ account: ContactAccount | undefined; tags: AppliedTag[] }> {
  const company =
    account.company === undefined ? undefined : await changeAccount(client, operation, contactId, undefined, account);
  const tags: AppliedTag[] = [];
  for (const tagId of tagIds) tags.push(await applyTag(client, contactId, tagId, operation));
  return { account: company, tags };
}
