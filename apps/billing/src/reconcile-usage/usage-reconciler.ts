import { Injectable } from '@nestjs/common';
import type { OnApplicationBootstrap } from '@nestjs/common';
import { questions } from '#contracts';
import { Questions } from '#messaging';
import { logger, withoutTrace } from '#telemetry';
import { Clock } from '../clock.js';
import { UsageReservationsRepository } from '../persistence/usage-reservations.repository.js';
import type { UsageReservation } from '../persistence/usage-reservations.repository.js';
import { CloseReservations } from '../release-usage/close-reservations.js';
import { BillingSettings } from '../settings.js';

/** Reservations looked at in one step. */
const BATCH = 50;
/** Ids in one question. */
const MOST_IDS = 1_000;
/** A reservation of existing executions is looked at again after its own age, at most after this long. */
const LONGEST_PAUSE_MS = 6 * 3_600_000;

/**
 * Gives back what was reserved for executions that never came to exist: the process that accepted them died or lost
 * the database in between. Whether an execution exists is asked of its owner, never guessed by age.
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

  /** Looks at every reservation that is due. @returns how many executions were given back */
  async reconcile(): Promise<number> {
    let released = 0;
    for (;;) {
      const due = await this.reservations.due(this.clock.now(), BATCH);
      released += await this.#lookAt(due);
      if (due.length < BATCH || this.#stopping) return released;
    }
  }

  async #lookAt(due: readonly UsageReservation[]): Promise<number> {
    const known = await this.#known(due.flatMap(({ execution_ids }) => execution_ids));
    const lost = due.flatMap(({ execution_ids }) => execution_ids.filter((id) => !known.has(id)));
    const released = lost.length > 0 ? await this.closing.close(lost) : 0;
    if (released > 0)
      logger.warn({ executions: released }, 'gave back what was reserved for executions that do not exist');
    await this.reservations.checkLater(
      due.map((reservation) => ({ id: reservation._id, after: this.#next(reservation) })),
    );
    return released;
  }

  async #known(ids: readonly string[]): Promise<Set<string>> {
    const known = new Set<string>();
    for (let from = 0; from < ids.length; from += MOST_IDS) {
      const answer = await this.questions.ask(questions.executionsKnown, {
        execution_ids: ids.slice(from, from + MOST_IDS),
      });
      for (const id of answer.known) known.add(id);
    }
    return known;
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
