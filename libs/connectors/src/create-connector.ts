import { GuardedHttpClient, type GuardedHttpClientOptions, type HttpRequester } from '#http';
import type { ConnectorRun } from './_kit/call/vendor-call.js';
import { Connection, type ConnectionSettings, type ConnectorDeps } from './_kit/connection.js';
import { ConnectorError } from './_kit/connector-error.js';
import { CRM_PLATFORMS, type CustomField, type PlatformSlug } from './_kit/contact.js';
import { CustomFieldIndex } from './_kit/translate/field-keys.js';
import type { PlatformRateLimits } from './_kit/platform-manifest.js';
import type { ConnectorCredentials, CrmConnector } from './_kit/port.js';
import { ConnectorsConfig, sandboxUrlOf } from './config.js';
import type { PlatformPlaces } from './places.js';
import { isAtSandbox } from './platforms.js';
import { vendorOf } from './vendors.js';

export interface OpenConnectionDeps extends ConnectorDeps {
  places: PlatformPlaces;
  /** The demo CRM is called without a budget; real platforms never are. */
  sandboxUnlimited?: boolean;
}

/**
 * A connection to keep for many runs.
 * @throws ConnectorError `unsupported` for a platform without a connector, `validation` for missing credentials
 */
export function openConnection(settings: ConnectionSettings, deps: OpenConnectionDeps): Connection {
  const vendor = vendorOf(settings.platform, deps.places);
  if (vendor === undefined) {
    const message = `There is no connector for ${settings.platform}`;
    throw new ConnectorError({ kind: 'unsupported', platform: settings.platform, message, outcome: 'not_sent' });
  }
  if (!isAtSandbox(settings.platform, deps.places) || deps.sandboxUnlimited !== true)
    return new Connection(vendor, settings, deps);
  return new Connection(vendor, { ...settings, unlimited: true }, deps);
}

/** A connector for a single use, such as testing a connection. Runs in numbers keep an `openConnection`. */
export function createConnector(
  slug: PlatformSlug,
  credentials: ConnectorCredentials,
  deps: OpenConnectionDeps & ConnectorRun & { rateScope?: string; limits?: PlatformRateLimits },
): CrmConnector {
  const { rateScope, limits } = deps;
  const settings = {
    platform: slug,
    credentials,
    ...(rateScope === undefined ? {} : { rateScope }),
    ...(limits === undefined ? {} : { limits }),
  };
  return openConnection(settings, deps).connector(deps);
}

/**
 * Everything that a field may be called, in a webhook or by a person: our name, the vendor's key, and for a custom
 * field its id, key and label.
 * @param custom the account's custom fields
 */
export function fieldWords(
  slug: PlatformSlug,
  places: PlatformPlaces,
  custom: readonly CustomField[],
  field: string,
): string[] {
  const vendor = vendorOf(slug, places);
  const words = new Set([field]);
  const found = vendor?.keys.exact(field) === undefined ? new CustomFieldIndex(custom).find(field) : undefined;
  if (found !== undefined) for (const word of [found.id, found.key, found.label]) words.add(word);
  const key = found === undefined ? (vendor?.keys.exact(field) ?? vendor?.keys.similar(field)) : undefined;
  if (key !== undefined) {
    words.add(key);
    const standard = Object.entries(vendor?.traits.standardFields ?? {});
    for (const [ours, theirs] of standard) if (theirs === key) words.add(ours);
  }
  return [...words].filter((word) => word !== '');
}

/** Whether contacts of this platform can be reached now. */
export function hasConnector(slug: string, places: PlatformPlaces): boolean {
  const platform = CRM_PLATFORMS.find((known) => known === slug);
  return platform !== undefined && vendorOf(platform, places) !== undefined;
}

/**
 * The HTTP client of connectors. Customers name some vendors' addresses themselves, so it is guarded; the only private
 * address it reaches is the demo CRM's.
 */
export function connectorHttp(
  config: ConnectorsConfig,
  options: Partial<GuardedHttpClientOptions> = {},
): HttpRequester & { close(): Promise<void> } {
  const sandbox = sandboxUrlOf(config);
  return new GuardedHttpClient({
    production: config.MFH_MODE === 'production',
    namedPrivateHosts: sandbox === undefined ? [] : [hostAndPort(new URL(sandbox))],
    maxRedirects: 0,
    ...options,
  });
}

function hostAndPort(url: URL): string {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return `${url.hostname.replace(/^\[|\]$/g, '')}:${port}`;
}
