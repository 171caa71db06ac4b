import ipaddr from 'ipaddr.js';

/**
 * Whether an address is one of those, or lies in one of those networks (`192.0.2.0/24`). IPv4 written as IPv6 counts as
 * what it is; what is no address is within nothing.
 */
export function isWithin(address: string, ranges: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false;
  const given = ipaddr.process(address);
  return ranges.some((range) => {
    const [network, bits] = rangeOf(range);
    return given.kind() === network.kind() && given.match(network, bits);
  });
}

function rangeOf(range: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (range.includes('/')) return ipaddr.parseCIDR(range);
  const address = ipaddr.process(range);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
