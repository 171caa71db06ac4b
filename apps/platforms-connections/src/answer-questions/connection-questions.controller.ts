import { Controller } from '@nestjs/common';
import { questions, scopeOf, type AnswerOf } from '#contracts';
import { Answers } from '#messaging';
import type { z } from 'zod';
import { Connections } from '../persistence/connections.repository.js';
import { PlatformRegistry } from '../platforms/platform-registry.js';

/** What other services ask about connections: helpers before it takes one, billing for its usage figures. */
@Controller()
export class ConnectionQuestionsController {
  constructor(
    private readonly connections: Connections,
    private readonly registry: PlatformRegistry,
  ) {}

  @Answers(questions.describeConnection)
  async describe(
    asked: z.output<typeof questions.describeConnection.request>,
  ): Promise<AnswerOf<typeof questions.describeConnection>> {
    const connection = await this.connections.get(scopeOf(asked.account_id), asked.connection_id);
    const { record } = this.registry.get(connection.platform_id);
    return {
      connection_id: connection._id,
      platform: record.slug,
      name: connection.name,
      status: connection.status,
      ...(connection.status_reason !== undefined && { status_reason: connection.status_reason }),
      capabilities: record.capabilities,
    };
  }

  @Answers(questions.countConnections)
  async count(
    asked: z.output<typeof questions.countConnections.request>,
  ): Promise<AnswerOf<typeof questions.countConnections>> {
    return { count: await this.connections.count(scopeOf(asked.account_id)) };
  }
}
