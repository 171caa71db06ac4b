import { Injectable } from '@nestjs/common';
import { ConnectorSecrets, isProblem, questions, type AnswerOf, type ExecutionJob } from '#contracts';
import { HelperFailure, SERVICE_CONNECTIONS_OPTION, type ServiceConnections, type ServiceCredentials } from '#helpers';
import { Questions } from '#messaging';
import { Sealer } from '#sealing';

type Credentials = AnswerOf<typeof questions.credentials>;

const REFRESH_TIMEOUT_MS = 15_000;

const notConnected = (message: string, cause?: unknown): HelperFailure =>
  new HelperFailure('service_not_connected', 'give_up', message, { cause });

/** The connection that a frozen configuration names for a service. */
function chosenConnection(config: Record<string, unknown>, slug: string): string | undefined {
  const chosen = config[SERVICE_CONNECTIONS_OPTION];
  if (typeof chosen !== 'object' || chosen === null || !Object.hasOwn(chosen, slug)) return undefined;
  const id: unknown = (chosen as Record<string, unknown>)[slug];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** Service connections of executions: only the account's own, only in the state in which their owner left them. */
@Injectable()
export class ConnectServices {
  constructor(
    private readonly ask: Questions,
    private readonly sealer: Sealer,
  ) {}

  servicesOf(job: ExecutionJob): ServiceConnections {
    const used = new Map<string, Credentials>();
    return {
      connection: async (slug, connectionId) => {
        const known = used.get(slug);
        if (known !== undefined) return this.opened(job.account_id, known);
        const id = chosenConnection(job.config, slug) ?? connectionId;
        if (id === undefined) throw notConnected(`Choose a ${slug} connection in this helper.`);
        const answer = await this.credentials(job.account_id, id);
        if (answer.platform !== slug) {
          throw notConnected(`The chosen connection belongs to ${answer.platform}: choose a ${slug} connection.`);
        }
        if (answer.status !== 'active' && answer.status_reason !== 'test_failed') {
          throw notConnected(`The ${slug} connection must be reconnected.`);
        }
        used.set(slug, answer);
        return this.opened(job.account_id, answer);
      },
      renewed: async (slug) => {
        const stale = used.get(slug);
        if (stale === undefined) return null;
        const newer = await this.refreshed(job.account_id, stale);
        if (newer === null) return null;
        used.set(slug, newer);
        return this.opened(job.account_id, newer);
      },
    };
  }

  private async credentials(accountId: string, connectionId: string): Promise<Credentials> {
    try {
      return await this.ask.ask(questions.credentials, { account_id: accountId, connection_id: connectionId });
    } catch (error) {
      if (isProblem(error) && error.status === 404) {
        throw notConnected('The chosen service connection does not exist any more: choose another one.', error);
      }
      throw unavailable(error);
    }
  }

  /** Newer credentials, or null when the service has none for us or credentials of this kind never change. */
  private async refreshed(accountId: string, stale: Credentials): Promise<Credentials | null> {
    const ref = { account_id: accountId, connection_id: stale.connection_id };
    try {
      if (stale.auth_type !== 'oauth2') {
        await this.ask.ask(questions.reportCredentialsInvalid, {
          ...ref,
          version: stale.version,
          reason: 'auth_invalid',
        });
        return null;
      }
      return await this.ask.ask(
        questions.refreshCredentials,
        { ...ref, stale_version: stale.version, reason: 'rejected' },
        { timeoutMs: REFRESH_TIMEOUT_MS },
      );
    } catch (error) {
      if (isProblem(error) && error.status < 500) return null;
      throw unavailable(error);
    }
  }

  private async opened(accountId: string, answer: Credentials): Promise<ServiceCredentials> {
    const secrets = ConnectorSecrets.parse(JSON.parse(await this.sealer.open(answer.sealed, accountId)));
    return {
      ...(secrets.access_token !== undefined && { accessToken: secrets.access_token }),
      ...(secrets.api_key !== undefined && { apiKey: secrets.api_key }),
      ...(secrets.api_secret !== undefined && { apiSecret: secrets.api_secret }),
      ...(secrets.account_id !== undefined && { accountId: secrets.account_id }),
      ...(answer.base_url !== undefined && { baseUrl: answer.base_url }),
    };
  }
}

const unavailable = (cause: unknown): HelperFailure =>
  new HelperFailure('credentials_unavailable', 'retry', 'The credentials of a service are not available now.', {
    cause,
  });
