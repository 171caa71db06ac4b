import ipaddr from 'ipaddr.js';
import { HelperFailure } from '../../_kit/helper-failure.js';

const isAddress = (text: string): boolean =>
  !text.includes('%') && (ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text));

/**
 * @param text as a person or a request gave it; outer spaces do not count
 * @returns the address
 * @throws HelperFailure `invalid_ip_address`
 */
export function readIpAddress(text: string): string {
  const address = text.trim();
  if (isAddress(address)) return address;
  throw new HelperFailure(
    'invalid_ip_address',
    'give_up',
    'This is no IPv4 or IPv6 address; give one such as 8.8.8.8.',
  );
}

/** Whether an address is one of the public internet: private and reserved ranges have no place on the map. */
export const isPublicAddress = (address: string): boolean => ipaddr.process(address).range() === 'unicast';
