import { Injectable } from '@nestjs/common';
import { newId, Problem, questions, type AnswerOf } from '#contracts';
import { Questions } from '#messaging';
import { logger } from '#telemetry';
import { HelpersSettings } from '../settings.js';

type Granted = AnswerOf<typeof questions.reserveUsage>;

/** What a reservation decided. */
export interface Reservation {
  /** For each execution `undefined` when it may be accepted, or the 429 that its request gets. */
  refusals: (Problem | undefined)[];
  /** Resolves when the ledger has it; never rejects. */
  recorded: Promise<void>;
}

/** An account that was on a metered plan is not asked again for this long whether it still is. */
const METERED_FOR_MS = 5_000;
const MOST_KEPT = 10_000;

/** Reserves executions in the usage ledger, which billing keeps. */
@Injectable()
export class UsageReservation {
  /** Accounts whose plan refuses nothing, and until when that is believed. */
  private readonly metered = new Map<string, number>();

  constructor(
    private readonly ask: Questions,
    private readonly settings: HelpersSettings,
  ) {}

  /**
   * Reserves in the order given. A metered plan refuses nothing: its executions need not wait for the ledger, and are
   * booked at their end even if it was away.
   */
  async reserve(accountId: string, executionIds: readonly string[]): Promise<Reservation> {
    const answer = this.askLedger(accountId, executionIds);
    if ((this.metered.get(accountId) ?? 0) > Date.now()) {
      const recorded = answer.then(
        () => undefined,
        (error: unknown) =>
          logger.warn({ err: error, account_id: accountId }, 'usage not reserved; it is booked at the end'),
      );
      return { refusals: executionIds.map(() => undefined), recorded };
    }
    return { refusals: this.refusalsOf(await answer, executionIds), recorded: Promise.resolve() };
  }

  private async askLedger(accountId: string, executionIds: readonly string[]): Promise<Granted> {
    const answer = await this.ask.ask(questions.reserveUsage, {
      account_id: accountId,
      reservation_id: newId('rsv'),
      execution_ids: [...executionIds],
    });
    if (this.metered.size >= MOST_KEPT) this.metered.clear();
    if (answer.used === null) this.metered.set(accountId, Date.now() + METERED_FOR_MS);
    else this.metered.delete(accountId);
    return answer;
  }

  private refusalsOf(answer: Granted, executionIds: readonly string[]): (Problem | undefined)[] {
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
