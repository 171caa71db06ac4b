import type { HelperDns } from '../../_kit/outside-ports.js';

/** The one host of a domain that says it takes no mail (RFC 7505). */
const NO_MAIL = '.';

/**
 * Whether mail to a domain has somewhere to go: it names mail hosts, or, naming none, has an address itself (RFC 5321).
 * @throws HelperFailure `dns_error` (retry) when nobody answers with authority
 */
export async function takesMail(dns: HelperDns, domain: string): Promise<boolean> {
  const hosts = await dns.mailHosts(domain);
  if (hosts === null) return false;
  if (hosts.length > 0) return hosts.some((host) => host !== NO_MAIL);
  return dns.hasAddress(domain);
}
