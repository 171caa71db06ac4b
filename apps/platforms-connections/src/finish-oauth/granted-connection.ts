import { Injectable } from '@nestjs/common';
import type { AccountScope, PlanOfAccount } from '#contracts';
import { PlanRoom, turnOf, UnitOfWork, versionConflict } from '#persistence';
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
    private readonly room: PlanRoom,
    private readonly opener: ConnectionOpener,
    private readonly events: ConnectionEvents,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async store(scope: AccountScope, grant: Grant): Promise<Connection> {
    // A renewal does not depend on billing; only a connection that seems new asks for the plan, before the transaction.
    let plan: PlanOfAccount | undefined;
    if ((await this.#earlier(scope, grant)) === null) plan = await this.room.planOf(scope);
    return this.unitOfWork.run(
      async (session) => {
        const earlier = await this.#earlier(scope, grant);
        if (earlier !== null) {
          const renewed = await this.#renew(scope, earlier, grant);
          await this.events.updated(session, renewed, ['credentials', 'status']);
          return renewed;
        }
        plan ??= await this.room.planOf(scope);
        await this.room.take(session, scope, {
          resource: 'connections',
          plan,
          used: () => this.connections.count(scope),
        });
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
      { turn: turnOf(scope, 'connections') },
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
