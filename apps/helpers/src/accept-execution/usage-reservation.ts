import { Injectable } from '@nestjs/common';
import { newId, Problem, questions } from '#contracts';
import { Questions } from '#messaging';
import { logger } from '#telemetry';
import { HelpersSettings } from '../settings.js';

/** Reserves executions in the usage ledger, which billing keeps. */
@Injectable()
export class UsageReservation {
  constructor(
    private readonly ask: Questions,
    private readonly settings: HelpersSettings,
  ) {}

  /**
   * Reserves in the order given.
   * @returns for each execution `undefined` when reserved, or the 429 that its request gets
   */
  async reserve(accountId: string, executionIds: readonly string[]): Promise<(Problem | undefined)[]> {
    const answer = await this.ask.ask(questions.reserveUsage, {
      account_id: accountId,
      reservation_id: newId('rsv'),
      execution_ids: [...executionIds],
    });
    return executionIds.map((_, index) => {
      if (index < answer.granted) return undefined;
      const seconds = Math.max(1, Math.ceil((Date.parse(answer.reset_at) - Date.now()) / 1000));
      return new Problem(429, 'billing.quota_exceeded', 'Rate limit exceeded', {
        headers: { 'Retry-After': String(seconds) },
        extensions: { retry_after: seconds },
        data: {
          limit: answer.limit,
          used: answer.used,
          reset_at: answer.reset_at,
          plan: answer.plan,
          upgrade_url: this.settings.upgradeUrl,
        },
      });
    });
  }

  /** Gives reservations back that led to no execution. Should it fail, billing finds out by itself and heals. */
  async release(accountId: string, executionIds: readonly string[]): Promise<void> {
    if (executionIds.length === 0) return;
    try {
      await this.ask.ask(questions.releaseUsage, { account_id: accountId, execution_ids: [...executionIds] });
    } catch (error) {
      logger.warn({ err: error, account_id: accountId, executions: executionIds.length }, 'usage not released yet');
    }
  }
}
