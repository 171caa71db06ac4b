import type { VendorClient } from './call/vendor-client.js';
import type { VendorDialect } from './call/vendor-call.js';
import type { ConnectionMemory } from './connection-memory.js';
import type { PlatformManifest } from './platform-manifest.js';
import type { ConnectorCredentials, ConnectorMetadata, CrmConnector } from './port.js';
import type { StandardKeys } from './translate/field-keys.js';
import type { VendorTraits } from './translate/vendor-traits.js';

/** What one vendor brings to the connectors. */
export interface VendorModule {
  manifest: PlatformManifest;
  dialect: VendorDialect;
  traits: VendorTraits;
  /** Made of `traits`, once. */
  keys: StandardKeys;
  /** @returns the names of credentials that are missing */
  missing(credentials: ConnectorCredentials): string[];
  /** The vendor's own connector for one run. */
  open(client: VendorClient, memory: ConnectionMemory, metadata: ConnectorMetadata): CrmConnector;
}
