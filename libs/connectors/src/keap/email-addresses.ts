import type { VendorClient } from '../_kit/call/vendor-client.js';
import { path } from '../_kit/call/vendor-path.js';
import { isConnectorError } from '../_kit/connector-error.js';
import type { EmailStats, SentEmail } from '../_kit/contact.js';
import { criterion } from './filter.js';
import { everyPage } from './paging.js';
import { refuse } from '../_kit/refuse.js';
import { EmailPage, EmailStatus } from './schemas.js';

/** Keap refuses a change without a reason, and nobody should stay opted in because none was given. */
const NO_REASON = 'Not stated';

/**
 * Opts an address in or out. Keap answers 200 also where it left the status alone, so its answer is compared.
 * @throws ConnectorError `validation` when the address stayed as it was
 */
export async function setOptIn(client: VendorClient, address: string, optIn: boolean, reason: string): Promise<void> {
  const operation = 'setOptInStatus';
  const { opted_in, status } = await client.call({
    operation,
    method: 'PATCH',
    path: path`/emailAddresses/${address}/status`,
    target: 'emailAddresses/status',
    json: { opted_in: optIn, reason: reason.trim() === '' ? NO_REASON : reason },
    repeatable: true,
    answer: EmailStatus,
  });
  if (opted_in === optIn) return;
  const message = `Keap keeps the address ${optIn ? 'opted out' : 'opted in'} (${status})`;
  throw refuse(client.platform, operation, 'validation', message, true);
}

/** What is known about mail to an address; nothing for an address Keap does not know. */
export async function emailStats(client: VendorClient, address: string): Promise<EmailStats> {
  try {
    const { last_open_time, last_click_time, last_sent_time } = await client.call({
      operation: 'getEmailStats',
      method: 'GET',
      path: path`/emailAddresses/${address}/status`,
      target: 'emailAddresses/status',
      repeatable: true,
      answer: EmailStatus,
    });
    return {
      ...(last_open_time ? { LastOpenDate: last_open_time } : {}),
      ...(last_click_time ? { LastClickDate: last_click_time } : {}),
      ...(last_sent_time ? { LastSentDate: last_sent_time } : {}),
    };
  } catch (error) {
    if (isConnectorError(error) && error.kind === 'not_found') return {};
    throw error;
  }
}

/** E-mails to a contact that were made since then. */
export async function emailHistory(client: VendorClient, contactId: string, since: Date): Promise<SentEmail[]> {
  const operation = 'getEmailHistory';
  const contact = criterion('contact_id', contactId);
  const made = criterion('start_created_time', since.toISOString());
  if (contact === undefined || made === undefined) {
    throw refuse(client.platform, operation, 'validation', 'Keap cannot look for a contact of this id');
  }
  const query = { filter: `${contact};${made}`, order_by: 'created_time asc' };
  const target = `contacts/${contactId}/emails`;
  const call = { operation, path: path`/emails`, target, query, answer: EmailPage } as const;
  const emails = await everyPage(client, call, (page) => page.emails);
  return emails.map(({ sent_time: sent, opened_time: opened, clicked_time: clicked }) => ({
    ...(sent ? { sent_at: sent } : {}),
    ...(opened ? { opened_at: opened } : {}),
    ...(clicked ? { clicked_at: clicked } : {}),
  }));
}
