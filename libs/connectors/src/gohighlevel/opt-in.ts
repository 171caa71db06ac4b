import type { VendorClient } from '../_kit/call/vendor-client.js';
import { refuse } from '../_kit/refuse.js';
import { putContact } from './contacts.js';
import type { GhlContact } from './schemas.js';

/**
 * Whether mail may be sent. The vendor keeps the opposite, "do not disturb": `active` means that the contact is opted
 * out. What the recipient or a mail server made `permanent` stays so whatever is asked.
 * @throws ConnectorError `validation` when the vendor kept another state
 */
export async function setOptIn(
  client: VendorClient,
  contactId: string,
  optIn: boolean,
  reason: string,
): Promise<GhlContact | undefined> {
  const operation = 'setOptInStatus';
  const wanted = optIn ? 'inactive' : 'active';
  const contact = await putContact(client, operation, contactId, {
    dndSettings: { Email: { status: wanted, ...(reason !== '' && { message: reason }) } },
  });
  const status = contact?.dndSettings?.['Email']?.status ?? wanted;
  if (status === wanted || (!optIn && status === 'permanent')) return contact;
  const message =
    status === 'permanent'
      ? `Contact ${contactId} is opted out of e-mail for good; GoHighLevel lets nobody lift that through its API`
      : `GoHighLevel left contact ${contactId} opted ${optIn ? 'out of' : 'in to'} e-mail`;
  throw refuse(client.platform, operation, 'validation', message, true);
}
