import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { questions } from '#contracts';
import { Questions } from '#messaging';
import { logger, withoutTrace } from '#telemetry';
import { Clock } from '../clock.js';
import type { ExecutionEnding } from '../domain/execution-ending.js';
import { UsageReservationsRepository } from '../persistence/usage-reservations.repository.js';
import type { UsageReservation } from '../persistence/usage-reservations.repository.js';
import { CloseReservations } from '../release-usage/close-reservations.js';
import { BillingSettings } from '../settings.js';
import { SettleUsage } from '../settle-usage/settle-usage.service.js';

/** Reservations looked at in one step. */
const BATCH = 50;
/** Ids in one question. */
const MOST_IDS = 1_000;
/** A reservation of existing executions is looked at again after its own age, at most after this long. */
const LONGEST_PAUSE_MS = 6 * 3_600_000;

/**
 * Looks after reservations that are open for long. Executions that never came to exist (the process that accepted them
 * died or lost the database in between) give theirs back; executions that ended without their event arriving (the
 * broker was emptied) are settled. Their owner is asked, nothing is guessed by age.
 */
@Injectable()
export class UsageReconciler implements OnApplicationBootstrap {
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> = Promise.resolve();
  #stopping = false;

  constructor(
    private readonly questions: Questions,
    private readonly reservations: UsageReservationsRepository,
    private readonly closing: CloseReservations,
    private readonly settleUsage: SettleUsage,
    private readonly clock: Clock,
    private readonly settings: BillingSettings,
  ) {}

  onApplicationBootstrap(): void {
    withoutTrace(() => this.#arm());
  }

  async stopWork(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  /** Looks at every reservation that is due. @returns how many executions were given back or settled */
  async reconcile(): Promise<number> {
    let healed = 0;
    for (;;) {
      const due = await this.reservations.due(this.clock.now(), BATCH);
      healed += await this.#lookAt(due);
      if (due.length < BATCH || this.#stopping) return healed;
    }
  }

  async #lookAt(due: readonly UsageReservation[]): Promise<number> {
    const { known, ended } = await this.#ask(due.flatMap(({ execution_ids }) => execution_ids));
    const lost = due.flatMap(({ execution_ids }) => execution_ids.filter((id) => !known.has(id)));
    const settled = ended.length > 0 ? await this.settleUsage.settle(ended) : 0;
    // An execution reserved twice has one line in the ledger and a second reservation left over.
    const over = [...lost, ...ended.map(({ executionId }) => executionId)];
    const released = over.length > 0 ? await this.closing.close(over) : 0;
    if (released + settled > 0) logger.warn({ released, settled }, 'reservations were left open and are closed now');
    await this.reservations.checkLater(
      due.map((reservation) => ({ id: reservation._id, after: this.#next(reservation) })),
    );
    return released + settled;
  }

  async #ask(ids: readonly string[]): Promise<{ known: Set<string>; ended: ExecutionEnding[] }> {
    const known = new Set<string>();
    const ended: ExecutionEnding[] = [];
    for (let from = 0; from < ids.length; from += MOST_IDS) {
      const answer = await this.questions.ask(questions.executionsKnown, {
        execution_ids: ids.slice(from, from + MOST_IDS),
      });
      for (const id of answer.known) known.add(id);
      for (const { execution_id, account_id, status, at } of answer.ended) {
        const outcome = status === 'completed' ? 'booked' : 'released';
        ended.push({ executionId: execution_id, accountId: account_id, outcome, at: new Date(at) });
      }
    }
    return { known, ended };
  }

  #next({ created_at }: UsageReservation): Date {
    const now = this.clock.now().getTime();
    const age = Math.max(this.settings.reservationAgeMs, now - created_at.getTime());
    return new Date(now + Math.min(age, LONGEST_PAUSE_MS));
  }

  #arm(): void {
    if (this.#stopping) return;
    this.#timer = setTimeout(() => {
      this.#round = this.#tryRound().finally(() => this.#arm());
    }, this.settings.reconcileMs);
  }

  async #tryRound(): Promise<void> {
    try {
      await this.reconcile();
    } catch (error) {
      logger.warn({ err: error }, 'reservations were not looked at, the next round tries again');
    }
  }
}
