import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { UnitOfWork } from '#persistence';
import { Clock } from '../clock.js';
import { ConnectionEvents } from '../events/connection-events.js';
import { ConnectionAuths } from '../persistence/connection-auths.repository.js';
import { Connections } from '../persistence/connections.repository.js';
import { platformIdOf, PlatformRegistry } from '../platforms/platform-registry.js';
import { DeleteConnection } from './delete-connection.command.js';

/** Secrets are gone from this moment on; runners hear of it by the event and drop what they had opened. */
@CommandHandler(DeleteConnection)
export class DeleteConnectionHandler implements ICommandHandler<DeleteConnection> {
  constructor(
    private readonly registry: PlatformRegistry,
    private readonly connections: Connections,
    private readonly auths: ConnectionAuths,
    private readonly events: ConnectionEvents,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  execute({ scope, platform, connectionId }: DeleteConnection): Promise<{ connectionId: string; deletedAt: Date }> {
    const platformId = platformIdOf(this.registry.get(platform));
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
