import { Injectable } from '@nestjs/common';
import { isProblem, questions } from '#contracts';
import { Questions } from '#messaging';
import { logger } from '#telemetry';

/** Figures of the rest of the report must not wait for this one. */
const PATIENCE = { timeoutMs: 700 };

/** Bytes of files, as the service knows that keeps them. */
@Injectable()
export class StorageUsage {
  constructor(private readonly questions: Questions) {}

  /** @returns undefined while it cannot be asked */
  async of(accountId: string): Promise<number | undefined> {
    try {
      return (await this.questions.ask(questions.storageUsed, { account_id: accountId }, PATIENCE)).bytes;
    } catch (error) {
      if (!isProblem(error) || error.status !== 503) throw error;
      logger.warn({ err: error }, 'the report of usage goes without storage');
      return undefined;
    }
  }
}
