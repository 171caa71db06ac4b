import { path } from '../_kit/call/vendor-path.js';
import { refuse } from '../_kit/refuse.js';
import type { Caller } from './caller.js';
import type { ContactRecord } from './contact-record.js';
import { everyPage } from './paging.js';
import { ListPage, WrittenContactList } from './schemas.js';

const operation = 'setOptInStatus';

const UNCONFIRMED = '0';
const SUBSCRIBED = '1';
const UNSUBSCRIBED = '2';

/** Says that the subscription of somebody who had left is renewed on purpose. */
const RESUBSCRIPTION = '4';

/**
 * Consent is given for each list here. Opting out leaves every list that mail could come from. A contact who is on a
 * list has opted in. Any other is subscribed to the lists that were left or never confirmed; one who never was on a
 * list to the account's only one, and where there are several nobody but the account's owner can say which.
 * @param reason how consent was given; people who left are not subscribed again without it
 */
export async function setOptIn(
  client: Caller,
  { id, lists }: ContactRecord,
  optIn: boolean,
  reason: string,
): Promise<void> {
  const of = (status: string): string[] => lists.filter((each) => each.status === status).map(({ list }) => list);
  const [subscribed, unconfirmed, left] = [of(SUBSCRIBED), of(UNCONFIRMED), of(UNSUBSCRIBED)];
  if (!optIn) {
    for (const list of [...subscribed, ...unconfirmed]) await setStatus(client, id, list, { status: UNSUBSCRIBED });
    return;
  }
  if (subscribed.length > 0) return;
  if (lists.length === 0) return setStatus(client, id, await onlyList(client), { status: SUBSCRIBED });
  if (left.length > 0 && reason.trim() === '') {
    const message = 'The contact has unsubscribed: say how consent was given, as the reason';
    throw refuse(client.platform, operation, 'validation', message);
  }
  if (left.length + unconfirmed.length === 0) {
    throw refuse(client.platform, operation, 'validation', 'Mail to this contact has bounced');
  }
  for (const list of left) await setStatus(client, id, list, { status: SUBSCRIBED, sourceid: RESUBSCRIPTION });
  for (const list of unconfirmed) await setStatus(client, id, list, { status: SUBSCRIBED });
}

async function setStatus(
  client: Caller,
  contactId: string,
  list: string,
  change: { status: string; sourceid?: string },
): Promise<void> {
  const { contactList } = await client.call({
    operation,
    method: 'POST',
    path: path`/contactLists`,
    target: `contacts/${contactId}/lists/${list}`,
    json: { contactList: { list, contact: contactId, ...change } },
    repeatable: true,
    answer: WrittenContactList,
  });
  const status = contactList?.status ?? change.status;
  if (status === change.status) return;
  const message = `ActiveCampaign left the subscription to list ${list} as it was`;
  throw refuse(client.platform, operation, 'validation', message, true);
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
