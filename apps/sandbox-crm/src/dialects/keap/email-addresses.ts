import type { Answer } from '../../server/answer.js';
import { emailStatusOf, isOptedIn, setOptIn } from '../../store/email-status.js';
import type { EmailStatusRecord } from '../../store/records.js';
import { isoTime } from '../../store/iso-time.js';
import { Refusal, type Call, type Operation } from '../dialect.js';
import { inputOf, requiredText } from '../input.js';
import { byText, byTime, conditionsOf, filtered } from './filter.js';
import { pageOf } from './paging.js';

/** When the one message of an address went out after it became known, and what happened then, in milliseconds. */
const SENT_AFTER = 86_400_000;
const OPENED_AFTER = 3_600_000;
const CLICKED_AFTER = 3_660_000;

export const emailAddressOperations: readonly Operation[] = [
  { method: 'GET', path: '/emailAddresses', name: 'GetEmailStatuses', handle: listStatuses },
  {
    method: 'GET',
    path: '/emailAddresses/:email/status',
    name: 'GetEmailStatus',
    handle: (call) => ({ status: 200, body: statusView(emailStatusOf(call.store, addressOf(call))) }),
  },
  { method: 'PATCH', path: '/emailAddresses/:email/status', name: 'SetOptInStatus', handle: setStatus },
  { method: 'GET', path: '/emails', name: 'GetEmails', handle: listEmails },
];

function addressOf({ params, store }: Call): string {
  const address = params['email'] ?? '';
  if (!store.contacts.hasAddress(address))
    throw new Refusal(404, `No contact has the address ${address}`, 'EmailAddress');
  return address;
}

function statusView(record: EmailStatusRecord): Record<string, unknown> {
  return {
    email: record.id,
    opted_in: isOptedIn(record.status),
    status: record.status,
    create_time: isoTime(record.createdAt),
    last_sent_time: isoTime(record.createdAt + SENT_AFTER),
    last_open_time: isoTime(record.createdAt + SENT_AFTER + OPENED_AFTER),
    last_click_time: isoTime(record.createdAt + SENT_AFTER + CLICKED_AFTER),
  };
}

/** A state that may not be changed stays, and the answer is a 200 all the same. */
function setStatus(call: Call): Answer {
  const { store } = call;
  const address = addressOf(call);
  const input = inputOf(call.body);
  const optedIn = input['opted_in'];
  if (typeof optedIn !== 'boolean') throw new Refusal(400, 'opted_in must be true or false', 'opted_in');
  const reason = requiredText(input, 'reason');
  const record = setOptIn(store, address, optedIn, reason);
  for (const contact of store.contacts.withAddress(address)) {
    const args = { email: address, opted_in: optedIn, reason, status: record.status };
    call.effect({ operation: 'SetOptInStatus', contactId: contact.id, args });
  }
  return { status: 200, body: statusView(record) };
}

/** The one message that every contact with an address got, in keeping with the status of the address. */
interface SentMessage {
  id: string;
  contactId: string;
  address: string;
  at: number;
}

function* sentMessages({ store }: Call): Generator<SentMessage> {
  for (const { id, emails } of store.contacts.values()) {
    const address = emails[0]?.address;
    if (address === undefined) continue;
    yield { id: `7${id}`, contactId: id, address, at: emailStatusOf(store, address).createdAt + SENT_AFTER };
  }
}

function listEmails(call: Call): Answer {
  const matching = filtered(sentMessages(call), conditionsOf(call.query), {
    contact_id: byText<SentMessage>(({ contactId }) => contactId),
    email: byText<SentMessage>(({ address }) => address),
    start_created_time: byTime<SentMessage>(({ at }) => at, 'since'),
    end_created_time: byTime<SentMessage>(({ at }) => at, 'until'),
  });
  const page = pageOf(matching, call.query, { created_time: ({ at }) => at });
  return { status: 200, body: { emails: page.items.map(messageView), next_page_token: page.nextPageToken } };
}

function messageView({ id, contactId, address, at }: SentMessage): Record<string, unknown> {
  return {
    id,
    subject: 'Welcome',
    contact_id: contactId,
    sent_to_address: address,
    sent_time: isoTime(at),
    opened_time: isoTime(at + OPENED_AFTER),
    clicked_time: isoTime(at + CLICKED_AFTER),
  };
}

function listStatuses({ query, store }: Call): Answer {
  const known = Array.from(store.contacts.addresses(), (address) => emailStatusOf(store, address));
  const matching = filtered(known, conditionsOf(query), {
    email: byText<EmailStatusRecord>(({ id }) => id),
    email_address: byText<EmailStatusRecord>(({ id }) => id),
  });
  const page = pageOf(matching, query, { email: ({ id }) => id });
  return {
    status: 200,
    body: { email_addresses: page.items.map(statusView), next_page_token: page.nextPageToken },
  };
}
