import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Problem, type AccountScope } from '#contracts';
import { accountAddresses, type PlatformManifest } from '#connectors';
import { UnitOfWork, versionConflict } from '#persistence';
import { Clock } from '../clock.js';
import { CredentialVault } from '../credentials/credential-vault.js';
import type { CredentialInput } from '../domain/credential-form.js';
import { readCredentialForm } from '../domain/credential-input.js';
import { ConnectionEvents } from '../events/connection-events.js';
import type { ConnectionAuth } from '../persistence/connection-auth.collection.js';
import { ConnectionAuths, type NewSecrets } from '../persistence/connection-auths.repository.js';
import type { Connection } from '../persistence/connection.collection.js';
import { Connections } from '../persistence/connections.repository.js';
import { platformIdOf, PlatformRegistry } from '../platforms/platform-registry.js';
import { UpdateConnection } from './update-connection.command.js';

interface Renewal {
  auth: ConnectionAuth;
  secrets: NewSecrets;
  metadata: Record<string, string>;
}

@CommandHandler(UpdateConnection)
export class UpdateConnectionHandler implements ICommandHandler<UpdateConnection> {
  constructor(
    private readonly registry: PlatformRegistry,
    private readonly connections: Connections,
    private readonly auths: ConnectionAuths,
    private readonly vault: CredentialVault,
    private readonly events: ConnectionEvents,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute({ scope, platform, connectionId, body, version }: UpdateConnection): Promise<Connection> {
    const manifest = this.registry.get(platform);
    const connection = await this.connections.atPlatform(scope, connectionId, platformIdOf(manifest));
    if (version !== undefined && version !== connection.version) throw versionConflict();
    const { name } = body;
    const renewal = body.credentials && (await this.#renewal(scope, manifest, connection, body.credentials));
    if (renewal !== undefined) return this.#renew(scope, renewal, name, version);
    return name === undefined ? connection : this.#rename(scope, connection, name, version);
  }

  #rename(scope: AccountScope, connection: Connection, name: string, version: number | undefined): Promise<Connection> {
    return this.unitOfWork.run(async (session) => {
      const renamed = await this.connections.update(scope, connection._id, { name }, { version });
      await this.events.updated(session, renamed, ['name']);
      return renamed;
    });
  }

  /** New credentials are the customer's answer to whatever was wrong, so the connection works again until proven not. */
  #renew(
    scope: AccountScope,
    { auth, secrets, metadata }: Renewal,
    name: string | undefined,
    version: number | undefined,
  ): Promise<Connection> {
    return this.unitOfWork.run(async (session) => {
      const next = await this.auths.replaceSecrets(scope, auth, secrets);
      if (next === null) throw versionConflict();
      const connection = await this.connections.followCredentials(scope, next, {
        working: true,
        set: { credentials_metadata: metadata, ...(name !== undefined && { name }) },
        version,
      });
      await this.events.updated(session, connection, [
        'credentials',
        'status',
        ...(name === undefined ? [] : ['name' as const]),
      ]);
      return connection;
    });
  }

  async #renewal(
    scope: AccountScope,
    manifest: PlatformManifest,
    connection: Connection,
    given: CredentialInput,
  ): Promise<Renewal> {
    const { record } = manifest;
    if (connection.auth_type === 'oauth2') {
      const message = `${record.name} is connected by signing in there; connect again to renew it`;
      throw new Problem(400, 'connections.oauth_required', message, {
        errors: [{ field: 'credentials', code: 'not_allowed', message }],
      });
    }
    const auth = await this.auths.ofConnection(scope, connection._id);
    const earlier = { ...(await this.#earlierForm(scope, auth)), ...connection.credentials_metadata };
    const form = readCredentialForm(record.credential_fields ?? [], given, earlier, accountAddresses(manifest));
    return {
      auth,
      secrets: {
        sealed: await this.vault.sealSecrets(scope, form.secrets),
        issued_at: this.clock.now(),
        ...(form.baseUrl !== undefined && { base_url: form.baseUrl }),
      },
      metadata: form.shown,
    };
  }

  async #earlierForm(scope: AccountScope, auth: ConnectionAuth): Promise<CredentialInput> {
    const { api_key, api_secret } = await this.vault.openSecrets(scope, auth);
    return { ...(api_key !== undefined && { api_key }), ...(api_secret !== undefined && { api_secret }) };
  }
}
