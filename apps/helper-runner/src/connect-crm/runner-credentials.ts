import { Injectable } from '@nestjs/common';
import { ConnectorSecrets, isProblem, questions, type AnswerOf } from '#contracts';
import { ConnectorError, type ConnectorCredentials } from '#connectors';
import { Questions } from '#messaging';
import { Sealer } from '#sealing';
import { logger } from '#telemetry';

export type Credentials = AnswerOf<typeof questions.credentials>;

const REFRESH_TIMEOUT_MS = 15_000;

/** Gets connections' credentials from the service that keeps them, and opens what runners sign calls with. */
@Injectable()
export class RunnerCredentials {
  constructor(
    private readonly ask: Questions,
    private readonly sealer: Sealer,
  ) {}

  /**
   * The present credentials, refreshed where most of their lifetime is over.
   * @throws ConnectorError `auth_invalid` while the connection must be reconnected, `not_found` when it is gone
   */
  async present(accountId: string, connectionId: string): Promise<Credentials> {
    const answer = await this.read(accountId, connectionId);
    if (answer.status !== 'active' && answer.status_reason !== 'test_failed') throw mustReconnect(answer.platform);
    const { refresh_after: worn } = answer;
    if (worn === undefined || Date.parse(worn) > Date.now()) return answer;
    return this.newer(accountId, answer, answer.version, 'ahead');
  }

  /**
   * Newer credentials than a version: one refresh for all processes. Whoever asks first causes it, the others get the
   * same.
   * @throws ConnectorError `auth_invalid` when the connection must be reconnected, `auth_expired` when it failed for now
   */
  async newer(
    accountId: string,
    { connection_id, platform }: Credentials,
    version: number,
    reason: 'rejected' | 'ahead',
  ): Promise<Credentials> {
    try {
      const request = { account_id: accountId, connection_id, stale_version: version, reason };
      return await this.ask.ask(questions.refreshCredentials, request, { timeoutMs: REFRESH_TIMEOUT_MS });
    } catch (error) {
      if (isProblem(error) && error.status < 500) {
        logger.warn({ err: error, connection_id }, 'a connection must be reconnected');
        throw mustReconnect(platform, error);
      }
      const message = 'The access token could not be refreshed yet';
      throw new ConnectorError({ kind: 'auth_expired', platform, message, outcome: 'not_sent', cause: error });
    }
  }

  async opened(accountId: string, answer: Credentials): Promise<ConnectorCredentials> {
    const { access_token, api_key, api_secret, account_id } = ConnectorSecrets.parse(
      JSON.parse(await this.sealer.open(answer.sealed, accountId)),
    );
    return {
      ...(access_token !== undefined && { access_token }),
      ...(api_key !== undefined && { api_key }),
      ...(api_secret !== undefined && { api_secret }),
      ...(account_id !== undefined && { account_id }),
      ...(answer.base_url !== undefined && { base_url: answer.base_url }),
    };
  }

  /** The vendor refused credentials of this version for good. */
  async reportRefused(accountId: string, connectionId: string, version: number): Promise<void> {
    try {
      const report = { account_id: accountId, connection_id: connectionId, version, reason: 'auth_invalid' as const };
      await this.ask.ask(questions.reportCredentialsInvalid, report);
    } catch (error) {
      logger.warn(
        { err: error, connection_id: connectionId },
        'refused credentials are not reported yet, the next run will',
      );
    }
  }

  private async read(accountId: string, connectionId: string): Promise<Credentials> {
    try {
      return await this.ask.ask(questions.credentials, { account_id: accountId, connection_id: connectionId });
    } catch (error) {
      const gone = isProblem(error) && error.status === 404;
      throw new ConnectorError({
        kind: gone ? 'not_found' : 'network',
        platform: 'unknown',
        message: gone ? 'The connection does not exist any more' : 'The credentials are not available now',
        outcome: 'not_sent',
        cause: error,
      });
    }
  }
}

function mustReconnect(platform: string, cause?: unknown): ConnectorError {
  const message = 'The connection must be reconnected';
  return new ConnectorError({ kind: 'auth_invalid', platform, message, outcome: 'not_sent', cause });
}
