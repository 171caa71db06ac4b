import { isIPv6 } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** The first 48 bits of an IPv6 address: what one customer of a provider usually holds. */
function ipv6Network(ip: string): string {
  const [head = ''] = ip.toLowerCase().split('::', 1);
  const groups = head === '' ? [] : head.split(':');
  const padded = [...groups, '0', '0', '0'].slice(0, 3).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${padded.join(':')}::/48`;
}

/** The network an address belongs to, for limits on whole networks: `/24` of IPv4, `/48` of IPv6. */
export function networkOf(ip: string): string {
  const address = MAPPED.exec(ip)?.[1] ?? ip;
  if (isIPv6(address)) return ipv6Network(address);
  return `${address.split('.').slice(0, 3).join('.')}.0/24`;
}
