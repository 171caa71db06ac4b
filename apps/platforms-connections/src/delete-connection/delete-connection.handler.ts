import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { AccountScope } from '#contracts';
import { UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { ConnectionEvents } from '../events/connection-events.js';
import { ConnectionAuths } from '../persistence/connection-auths.repository.js';
import { Connections } from '../persistence/connections.repository.js';
import { platformIdOf, PlatformRegistry } from '../platforms/platform-registry.js';
import { EndSubscriptions } from '../vendor-webhooks/end-subscriptions.js';
import { DeleteConnection } from './delete-connection.command.js';

/** The vendor is told first; then secrets are gone: runners hear of it by the event and drop what they had opened. */
@CommandHandler(DeleteConnection)
export class DeleteConnectionHandler implements ICommandHandler<DeleteConnection> {
  constructor(
    private readonly registry: PlatformRegistry,
    private readonly connections: Connections,
    private readonly auths: ConnectionAuths,
    private readonly subscriptions: EndSubscriptions,
    private readonly events: ConnectionEvents,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute({
    scope,
    platform,
    connectionId,
  }: DeleteConnection): Promise<{ connectionId: string; deletedAt: Date }> {
    const platformId = platformIdOf(this.registry.get(platform));
    await this.subscriptions.ofConnection(scope, await this.connections.atPlatform(scope, connectionId, platformId));
    try {
      return await this.delete(scope, connectionId, platformId);
    } finally {
      await this.subscriptions.letGo(scope, connectionId);
    }
  }

  private delete(
    scope: AccountScope,
    connectionId: string,
    platformId: string,
  ): Promise<{ connectionId: string; deletedAt: Date }> {
    return this.unitOfWork.run(async (session) => {
      const connection = await this.connections.atPlatform(scope, connectionId, platformId);
      const deletedAt = this.clock.now();
      await this.auths.revoke(scope, await this.auths.ofConnection(scope, connectionId), deletedAt);
      await this.connections.delete(scope, connectionId);
      await this.events.deleted(session, connection, deletedAt);
      return { connectionId, deletedAt };
    });
  }
}
