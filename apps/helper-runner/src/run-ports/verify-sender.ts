import { HelperFailure } from '#helpers';
import { publishedTexts, type DnsResolver } from './system-dns.js';

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/**
 * Whether an account may send as an address: its domain has to name the account in DNS, which only its owner can do.
 * @throws HelperFailure `sender_not_verified` that says which record is missing, `dns_error`
 */
export async function verifySender(resolver: DnsResolver, address: string, accountId: string): Promise<void> {
  const name = `_myfusionhelper.${domainOf(address)}`;
  const wanted = `account=${accountId}`;
  const texts = await publishedTexts(resolver, name);
  if (texts.some((text) => text.trim() === wanted)) return;
  throw new HelperFailure(
    'sender_not_verified',
    'give_up',
    `To send as ${address}, publish the TXT record ${name} with the value "${wanted}".`,
    { nothingDone: true },
  );
}
