import { Injectable } from '@nestjs/common';
import { questions, type ExecutionJob } from '#contracts';
import { helperCatalogue, mapSecrets } from '#helpers';
import { Questions } from '#messaging';
import { isSealed, SealBroken, Sealer } from '#sealing';

type Config = Record<string, unknown>;

/** Opens the secrets inside a job's configuration; they exist in this process's memory only. */
@Injectable()
export class OpenConfig {
  constructor(
    private readonly ask: Questions,
    private readonly sealer: Sealer,
  ) {}

  /**
   * A job in the queue keeps the seal of the key of its time. When that key is gone, the record is asked: there the
   * secrets were wrapped anew.
   */
  async of(job: ExecutionJob): Promise<Config> {
    try {
      return await this.opened(job, job.config);
    } catch (error) {
      if (!(error instanceof SealBroken) || error.reason !== 'unknown_key') throw error;
      const { account_id, execution_id } = job;
      const { config } = await this.ask.ask(questions.frozenConfig, { account_id, execution_id });
      return this.opened(job, config);
    }
  }

  private opened(job: ExecutionJob, config: Config): Promise<Config> {
    const definition = helperCatalogue.get(job.helper_type);
    if (definition === undefined) return Promise.resolve(config);
    return mapSecrets(definition, config, (text) =>
      isSealed(text) ? this.sealer.open(text, job.account_id) : Promise.resolve(text),
    );
  }
}
