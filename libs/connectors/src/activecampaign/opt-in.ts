import { path } from '../_kit/call/vendor-path.js';
import { refuse } from '../_kit/refuse.js';
import type { Caller } from './caller.js';
import type { ContactRecord } from './contact-record.js';
import { everyPage } from './paging.js';
import { ListPage } from './schemas.js';

const operation = 'setOptInStatus';

const UNCONFIRMED = '0';
const SUBSCRIBED = '1';
const UNSUBSCRIBED = '2';

/** Says that the subscription of somebody who had left is renewed on purpose. */
const RESUBSCRIPTION = '4';

/**
 * Consent is given for each list here. Opting out leaves every list of the contact. Opting in renews every list that
 * the contact has left or not confirmed; a contact who never was on a list is put on the account's only one, and where
 * there are several nobody but the account's owner can say which.
 * @param reason how consent was given; people who left are not subscribed again without it
 */
export async function setOptIn(
  client: Caller,
  { id, lists }: ContactRecord,
  optIn: boolean,
  reason: string,
): Promise<void> {
  if (!optIn) {
    const present = lists.filter(({ status }) => status === SUBSCRIBED || status === UNCONFIRMED);
    for (const { list } of present) await setStatus(client, id, list, { status: UNSUBSCRIBED });
    return;
  }
  if (lists.some(({ status }) => status === SUBSCRIBED)) return renew(client, id, lists, reason);
  if (lists.length === 0) return setStatus(client, id, await onlyList(client), { status: SUBSCRIBED });
  const renewable = lists.some(({ status }) => status === UNCONFIRMED || status === UNSUBSCRIBED);
  if (!renewable) throw refuse(client.platform, operation, 'validation', 'Mail to this contact has bounced');
  await renew(client, id, lists, reason);
}

async function renew(client: Caller, contactId: string, lists: ContactRecord['lists'], reason: string): Promise<void> {
  const left = lists.filter(({ status }) => status === UNSUBSCRIBED);
  if (left.length > 0 && reason.trim() === '') {
    const message = 'The contact has unsubscribed: say how consent was given, as the reason';
    throw refuse(client.platform, operation, 'validation', message);
  }
  for (const { list } of left) {
    await setStatus(client, contactId, list, { status: SUBSCRIBED, sourceid: RESUBSCRIPTION });
  }
  const unconfirmed = lists.filter(({ status }) => status === UNCONFIRMED);
  for (const { list } of unconfirmed) await setStatus(client, contactId, list, { status: SUBSCRIBED });
}

function setStatus(
  client: Caller,
  contactId: string,
  list: string,
  change: { status: string; sourceid?: string },
): Promise<void> {
  return client.call<void>({
    operation,
    method: 'POST',
    path: path`/contactLists`,
    target: `contacts/${contactId}/lists/${list}`,
    json: { contactList: { list, contact: contactId, ...change } },
    repeatable: true,
  });
}

async function onlyList(client: Caller): Promise<string> {
  const pages = await everyPage(
    client,
    { operation, path: path`/lists`, target: 'lists', answer: ListPage },
    ({ lists }) => lists.length,
  );
  const [only, another] = pages.flatMap(({ lists }) => lists);
  if (only !== undefined && another === undefined) return only.id;
  const message =
    only === undefined
      ? 'The account has no list that the contact could subscribe to'
      : 'The contact is on no list and the account has several: put the contact on one of them first';
  throw refuse(client.platform, operation, 'validation', message);
}
