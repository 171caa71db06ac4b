import type { VendorClient } from '../_kit/call/vendor-client.js';
import { isConnectorError } from '../_kit/connector-error.js';
import type { EmailStats } from '../_kit/contact.js';
import { instantText, parseInstant } from '../_kit/translate/dates.js';
import { paths } from './paths.js';
import { HubspotObject } from './schemas.js';

const OPENED = 'hs_email_last_open_date';
const CLICKED = 'hs_email_last_click_date';
const SENT = 'hs_email_last_send_date';

/** What is known about marketing mail to an address; nothing for an address without a contact. */
export async function emailStats(client: VendorClient, address: string): Promise<EmailStats> {
  try {
    const { properties } = await client.call({
      operation: 'getEmailStats',
      method: 'GET',
      path: paths.contactByAddress(address),
      target: 'contacts/by-email',
      query: { idProperty: 'email', properties: [OPENED, CLICKED, SENT].join(',') },
      repeatable: true,
      answer: HubspotObject,
    });
    const [opened, clicked, sent] = [OPENED, CLICKED, SENT].map((name) => instant(properties[name]));
    return {
      ...(opened && { LastOpenDate: opened }),
      ...(clicked && { LastClickDate: clicked }),
      ...(sent && { LastSentDate: sent }),
    };
  } catch (error) {
    if (isConnectorError(error) && error.kind === 'not_found') return {};
    throw error;
  }
}

function instant(text: string | null | undefined): string | undefined {
  const time = text ? parseInstant(text) : undefined;
  return time === undefined ? undefined : instantText(time);
}
