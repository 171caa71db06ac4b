import { Injectable } from '@nestjs/common';
import type { AccountScope } from '#contracts';
import { UnitOfWork, versionConflict } from '#persistence';
import { ConnectionLimit, type PlanLimits } from '../create-connection/connection-limit.js';
import { ConnectionOpener } from '../create-connection/connection-opener.js';
import { ConnectionEvents } from '../events/connection-events.js';
import { ConnectionAuths, type NewSecrets } from '../persistence/connection-auths.repository.js';
import type { Connection } from '../persistence/connection.collection.js';
import { Connections } from '../persistence/connections.repository.js';
import type { ExternalAccount } from './external-account.js';

/** What a finished sign-in brought. */
export interface Grant {
  userId: string;
  platformId: string;
  platformName: string;
  secrets: NewSecrets;
  external: ExternalAccount;
}

/** Makes a connection of a grant, or renews the one that the same person at the same vendor made before. */
@Injectable()
export class GrantedConnection {
  constructor(
    private readonly connections: Connections,
    private readonly auths: ConnectionAuths,
    private readonly limit: ConnectionLimit,
    private readonly opener: ConnectionOpener,
    private readonly events: ConnectionEvents,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async store(scope: AccountScope, grant: Grant): Promise<Connection> {
    // A renewal does not depend on billing; only a connection that seems new asks for the plan, before the transaction.
    let plan: PlanLimits | undefined = (await this.#earlier(scope, grant)) ? undefined : await this.limit.of(scope);
    return this.unitOfWork.run(
      async (session) => {
        const earlier = await this.#earlier(scope, grant);
        if (earlier !== null) {
          const renewed = await this.#renew(scope, earlier, grant);
          await this.events.updated(session, renewed, ['credentials', 'status']);
          return renewed;
        }
        plan ??= await this.limit.of(scope);
        await this.limit.hold(session, scope, plan);
        return this.opener.open(session, scope, {
          userId: grant.userId,
          platformId: grant.platformId,
          name: `${grant.platformName} Connection`,
          authType: 'oauth2',
          secrets: grant.secrets,
          metadata: {},
          external: grant.external,
        });
      },
      { turn: `connections ${scope.accountId}` },
    );
  }

  async #earlier(scope: AccountScope, { platformId, external }: Grant): Promise<Connection | null> {
    const userId = external.external_user_id;
    return userId === undefined ? null : this.connections.ofExternalUser(scope, platformId, userId);
  }

  async #renew(scope: AccountScope, earlier: Connection, { secrets, external }: Grant): Promise<Connection> {
    const auth = await this.auths.ofConnection(scope, earlier._id);
    const next = await this.auths.replaceSecrets(scope, auth, secrets);
    if (next === null) throw versionConflict();
    return this.connections.followCredentials(scope, next, { working: true, set: external });
  }
}
