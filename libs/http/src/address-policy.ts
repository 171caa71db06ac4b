import ipaddr from 'ipaddr.js';
import { HttpFailure } from './http-failure.js';

export interface AddressPolicyOptions {
  /** Production knows no `privateHosts`, whatever the configuration says. */
  production: boolean;
  /** `host:port` of private addresses that development and tests may call. */
  privateHosts?: readonly string[];
  /** `host:port` of private addresses that the operator named one by one for a purpose; honoured in production, too. */
  namedPrivateHosts?: readonly string[];
  /** Ports that may be called; 80 and 443 when absent. */
  ports?: readonly number[];
}

const DEFAULT_PORTS: readonly number[] = [80, 443];

/** Names that never lead to the public internet, whatever a resolver says about them. */
const INTERNAL_NAME =
  /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|svc|cluster|arpa|onion|test|invalid)$/;

/** Global unicast IPv6; everything outside is reserved, embedded IPv4 forms of ::/96 included. */
const GLOBAL_IPV6: [ipaddr.IPv6, number] = [ipaddr.IPv6.parse('2000::'), 3];

/**
 * Decides which addresses a URL that users can influence may lead to: public unicast addresses on a few ports.
 * It lists what is allowed, because lists of what is forbidden always miss a form.
 */
export class AddressPolicy {
  readonly #allowedHosts: ReadonlySet<string>;
  readonly #ports: ReadonlySet<number>;

  constructor(options: AddressPolicyOptions) {
    const hosts = [...(options.namedPrivateHosts ?? []), ...(options.production ? [] : (options.privateHosts ?? []))];
    this.#allowedHosts = new Set(hosts.map((host) => host.trim().toLowerCase()).filter((host) => host !== ''));
    this.#ports = new Set(options.ports ?? DEFAULT_PORTS);
  }

  /**
   * Checks everything that can be told without asking a resolver.
   * @throws HttpFailure `blocked`
   */
  checkUrl(url: URL): void {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') throw blocked('only http and https are allowed');
    if (url.username !== '' || url.password !== '') throw blocked('it must not hold a user or password');
    if (this.isNamed(url)) return;
    if (!this.#ports.has(portOf(url))) throw blocked('this port is not allowed');

    const host = bareHost(url);
    if (ipaddr.isValid(host)) {
      if (!isPublicAddress(host)) throw blocked('it is not a public address');
      return;
    }
    if (!host.includes('.') || INTERNAL_NAME.test(host)) throw blocked('it is not a public host name');
  }

  /**
   * Checks what a name of this URL's origin resolved to. One bad address among good ones refuses all of them: the
   * socket might take any.
   * @throws HttpFailure `blocked`
   */
  checkAddresses(url: URL, addresses: readonly string[]): void {
    if (this.isNamed(url)) return;
    if (addresses.length === 0 || !addresses.every(isPublicAddress)) throw blocked('it is not a public address');
  }

  /** Whether the operator named this host and port as allowed. */
  isNamed(url: URL): boolean {
    return this.#allowedHosts.size > 0 && this.#allowedHosts.has(`${bareHost(url)}:${portOf(url)}`);
  }
}

/** Whether an address in text form is reachable by anybody on the internet and meant for one host. */
function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv6 ? parsed.match(GLOBAL_IPV6) : true;
}

/** The host without the brackets of IPv6 and without the dot that ends an absolute name. */
function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

function blocked(reason: string): HttpFailure {
  return new HttpFailure('blocked', `The address may not be called: ${reason}`, false);
}
