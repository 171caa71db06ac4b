import type { PlatformManifest } from './platform-manifest.js';

/** Where an account's API lives, or what is wrong with the address that the customer gave. */
export type AccountAddress = { url: string } | { problem: string };

/** Reads an address that a customer pasted. */
export type ReadAccountAddress = (given: string) => AccountAddress;

/**
 * How the addresses of a platform are read whose API has one for each customer; undefined for all other platforms.
 * What people paste may end in slashes and may already name the path of the API. Keys travel there, so only https is
 * taken, and nothing but a host: a page of the vendor's site is not its API. Where the demo CRM stands for the
 * platform, its address is the only one.
 */
export function accountAddresses({ record, accountPath }: PlatformManifest): ReadAccountAddress | undefined {
  if (accountPath === undefined) return undefined;
  const base = record.api_config.base_url;
  const fixed = base.includes('{') ? undefined : base;
  return (given) => {
    const address = addressOf(given, accountPath);
    if (fixed !== undefined) {
      const own = fixed.slice(0, -accountPath.length);
      return address !== undefined && address.root + accountPath === fixed
        ? { url: fixed }
        : { problem: `must be the demo CRM's address, ${own}, because it stands for ${record.name} here` };
    }
    if (address === undefined || address.scheme !== 'https:') {
      return { problem: 'must be an address that starts with https://' };
    }
    if (!address.hostOnly) return { problem: `must be the address of the account without a page behind it` };
    return { url: address.root + accountPath };
  };
}

interface Parsed {
  scheme: string;
  /** Without the path of the API and without slashes at the end. */
  root: string;
  hostOnly: boolean;
}

function addressOf(given: string, accountPath: string): Parsed | undefined {
  const url = URL.parse(given.trim());
  if (url === null || url.hostname === '' || url.username !== '' || url.password !== '') return undefined;
  const bare = url.pathname.replace(/\/+$/, '');
  const path = bare.endsWith(accountPath) ? bare.slice(0, -accountPath.length).replace(/\/+$/, '') : bare;
  return {
    scheme: url.protocol,
    root: url.origin + path,
    hostOnly: path === '' && url.search === '' && url.hash === '',
  };
}
