import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { accountAddresses } from '#connectors';
import { PlanRoom, turnOf, UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { CredentialVault } from '../credentials/credential-vault.js';
import { readCredentialForm } from '../domain/credential-input.js';
import type { Connection } from '../persistence/connection.collection.js';
import { Connections } from '../persistence/connections.repository.js';
import { platformIdOf, PlatformRegistry } from '../platforms/platform-registry.js';
import { keyAuthType } from './auth-type.js';
import { ConnectionOpener } from './connection-opener.js';
import { CreateConnection } from './create-connection.command.js';

@CommandHandler(CreateConnection)
export class CreateConnectionHandler implements ICommandHandler<CreateConnection> {
  constructor(
    private readonly registry: PlatformRegistry,
    private readonly vault: CredentialVault,
    private readonly connections: Connections,
    private readonly room: PlanRoom,
    private readonly opener: ConnectionOpener,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute({ scope, userId, platform, body }: CreateConnection): Promise<Connection> {
    const manifest = this.registry.get(platform);
    const authType = keyAuthType(manifest.record, body.auth_type, body.credentials);
    const fields = manifest.record.credential_fields ?? [];
    const form = readCredentialForm(fields, body.credentials, {}, accountAddresses(manifest));
    const sealed = await this.vault.sealSecrets(scope, form.secrets);
    const plan = await this.room.planOf(scope);
    return this.unitOfWork.run(
      async (session) => {
        await this.room.take(session, scope, {
          resource: 'connections',
          plan,
          used: () => this.connections.count(scope),
        });
        return this.opener.open(session, scope, {
          userId,
          platformId: platformIdOf(manifest),
          name: body.name,
          authType,
          secrets: {
            sealed,
            issued_at: this.clock.now(),
            ...(form.baseUrl !== undefined && { base_url: form.baseUrl }),
          },
          metadata: form.shown,
          ...(form.secrets.account_id !== undefined && { external: { external_app_id: form.secrets.account_id } }),
        });
      },
      { turn: turnOf(scope, 'connections') },
    );
  }
}
