import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { isConnectorError } from '#connectors';
import { Clock } from '../clock.js';
import { ConnectionHealth } from '../connection-health/connection-health.js';
import { Connections } from '../persistence/connections.repository.js';
import { platformIdOf, PlatformRegistry } from '../platforms/platform-registry.js';
import { VendorAccess } from '../vendor/vendor-access.js';
import { TestConnection, type TestedConnection } from './test-connection.command.js';
import { failedTest } from './test-outcome.js';

const TEST_TIMEOUT_MS = 15_000;

@CommandHandler(TestConnection)
export class TestConnectionHandler implements ICommandHandler<TestConnection> {
  constructor(
    private readonly registry: PlatformRegistry,
    private readonly connections: Connections,
    private readonly vendors: VendorAccess,
    private readonly health: ConnectionHealth,
    private readonly clock: Clock,
  ) {}

  async execute({ scope, platform, connectionId }: TestConnection): Promise<TestedConnection> {
    const platformId = platformIdOf(this.registry.get(platform));
    const connection = await this.connections.atPlatform(scope, connectionId, platformId);
    try {
      await this.vendors.test(scope, connection, TEST_TIMEOUT_MS);
    } catch (error) {
      if (!isConnectorError(error)) throw error;
      const { reason, problem } = failedTest(error);
      if (reason !== null) await this.health.failed(scope, connection, reason, this.clock.now());
      throw problem;
    }
    const testedAt = this.clock.now();
    await this.health.passed(scope, connection, testedAt);
    return { connectionId, platformId, testedAt };
  }
}
