import { Injectable } from '@nestjs/common';
import { isProblem, Problem, questions, type AccountScope } from '#contracts';
import { configErrors, mapSecrets, restoreSecrets, type HelperDefinition, supportsPlatform } from '#helpers';
import { Questions } from '#messaging';
import { isSealed, Sealer } from '#sealing';

type Config = Record<string, unknown>;

/** Checks and seals configurations on their way into the database. */
@Injectable()
export class HelperConfig {
  constructor(
    private readonly ask: Questions,
    private readonly sealer: Sealer,
  ) {}

  /** @throws Problem 400 `helpers.invalid_config` for values that can never work; missing ones make a draft */
  refuseInvalid(definition: HelperDefinition, config: Config): void {
    const invalid = configErrors(definition, config).filter((error) => error.code === 'invalid');
    const [first] = invalid;
    if (first === undefined) return;
    const where = first.field === '' ? '' : `${first.field}: `;
    throw new Problem(400, 'helpers.invalid_config', `Invalid config: ${where}${first.message}`, {
      errors: invalid.map(({ field, code, message }) => ({ field: `config.${field}`, code, message })),
    });
  }

  /** As received, with secrets sealed; masked secrets keep their stored value. */
  async toStore(
    definition: HelperDefinition,
    scope: AccountScope,
    received: Config,
    stored: Config = {},
  ): Promise<Config> {
    const whole = restoreSecrets(definition, received, stored);
    return mapSecrets(definition, whole, (secret) =>
      isSealed(secret) ? Promise.resolve(secret) : this.sealer.seal(secret, scope.accountId),
    );
  }

  /**
   * The connection a helper is to use. An empty text means none.
   * @throws Problem 404 for a connection that the account does not have, 400 for one of an unsupported platform
   */
  async connection(
    definition: HelperDefinition,
    scope: AccountScope,
    connectionId: string | undefined,
  ): Promise<string | undefined> {
    if (connectionId === undefined || connectionId === '') return undefined;
    const connection = await this.ask
      .ask(questions.describeConnection, { account_id: scope.accountId, connection_id: connectionId })
      .catch((error: unknown) => {
        if (isProblem(error) && error.status === 404)
          throw new Problem(404, 'connections.not_found', 'Connection not found');
        throw error;
      });
    const { platforms } = definition;
    if (!supportsPlatform(definition, connection.platform)) {
      throw new Problem(
        400,
        'helpers.invalid_config',
        `${definition.title} does not work with ${connection.platform}`,
        {
          errors: [
            { field: 'connection_id', code: 'unsupported_platform', message: `Works with ${platforms.join(', ')}` },
          ],
        },
      );
    }
    return connectionId;
  }
}
