import { Controller } from '@nestjs/common';
import { questions, scopeOf, type AccountScope, type AnswerOf, type ConnectionCredentials } from '#contracts';
import { Answers } from '#messaging';
import type { z } from 'zod';
import { ConnectionHealth } from '../connection-health/connection-health.js';
import type { ConnectionAuth } from '../persistence/connection-auth.collection.js';
import { ConnectionAuths } from '../persistence/connection-auths.repository.js';
import { Connections } from '../persistence/connections.repository.js';
import { PlatformRegistry } from '../platforms/platform-registry.js';
import { TokenRefresher } from '../refresh-credentials/token-refresher.js';
import { credentialsAnswer } from './credentials-answer.js';

type Asked<Question extends { request: z.ZodType }> = z.output<Question['request']>;

/** Credentials for those who call vendors on behalf of an account: the runners. */
@Controller()
export class CredentialQuestionsController {
  constructor(
    private readonly connections: Connections,
    private readonly auths: ConnectionAuths,
    private readonly registry: PlatformRegistry,
    private readonly refresher: TokenRefresher,
    private readonly health: ConnectionHealth,
  ) {}

  @Answers(questions.credentials)
  async credentials(asked: Asked<typeof questions.credentials>): Promise<ConnectionCredentials> {
    const scope = scopeOf(asked.account_id);
    return this.#answer(scope, await this.auths.ofConnection(scope, asked.connection_id));
  }

  @Answers(questions.refreshCredentials)
  async refresh(asked: Asked<typeof questions.refreshCredentials>): Promise<ConnectionCredentials> {
    const scope = scopeOf(asked.account_id);
    const auth = await this.refresher.newerThan(scope, {
      connectionId: asked.connection_id,
      staleVersion: asked.stale_version,
      reason: asked.reason,
    });
    return this.#answer(scope, auth);
  }

  @Answers(questions.reportCredentialsInvalid)
  async reportInvalid(
    asked: Asked<typeof questions.reportCredentialsInvalid>,
  ): Promise<AnswerOf<typeof questions.reportCredentialsInvalid>> {
    const scope = scopeOf(asked.account_id);
    const changed = await this.health.lost(scope, asked.connection_id, asked.version, asked.reason);
    const { status } = changed ?? (await this.connections.get(scope, asked.connection_id));
    return { status, changed: changed !== null };
  }

  async #answer(scope: AccountScope, auth: ConnectionAuth): Promise<ConnectionCredentials> {
    const connection = await this.connections.get(scope, auth.connection_id);
    return credentialsAnswer(this.registry.get(connection.platform_id), connection, auth);
  }
}
