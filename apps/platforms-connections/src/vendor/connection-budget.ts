import { Injectable } from '@nestjs/common';
import type { AccountScope } from '#contracts';
import { KvRateBudget, rateScopesOf, type WindowLeft } from '#connectors';
import { connectorCredentials } from '../credentials/connector-credentials.js';
import { CredentialVault } from '../credentials/credential-vault.js';
import { ConnectionAuths } from '../persistence/connection-auths.repository.js';
import type { Connection } from '../persistence/connection.collection.js';
import { PlatformRegistry } from '../platforms/platform-registry.js';

/** How much of a vendor's request budgets is left for a connection. */
@Injectable()
export class ConnectionBudget {
  constructor(
    private readonly registry: PlatformRegistry,
    private readonly auths: ConnectionAuths,
    private readonly vault: CredentialVault,
    private readonly budget: KvRateBudget,
  ) {}

  /** Every window that a call of this connection must fit into; rejects when the shared state cannot be read. */
  async left(scope: AccountScope, connection: Connection): Promise<WindowLeft[]> {
    const auth = await this.auths.ofConnection(scope, connection._id);
    const credentials = await connectorCredentials(this.vault, scope, auth);
    const manifest = this.registry.get(connection.platform_id);
    return this.budget.peek(rateScopesOf({ manifest, credentials, rateScope: connection._id }));
  }
}
