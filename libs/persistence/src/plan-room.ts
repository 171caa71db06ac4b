import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { limitOf, questions, refuseBeyondPlan } from '#contracts';
import type { AccountScope, LimitedResource, PlanOfAccount } from '#contracts';
import { Questions } from '#messaging';
import { ResourceGuards } from './resource-guards.js';

/** A place that is to be taken in a plan. */
interface Place {
  resource: LimitedResource;
  plan: PlanOfAccount;
  /** Counts the places that are taken; called inside the transaction. */
  used: () => Promise<number>;
  /** How many are wanted: 1 unless it says otherwise. */
  wanted?: number;
}

/**
 * The room that an account's plan has for what it creates, exact under parallel requests and over all replicas:
 *
 *     const plan = await this.room.planOf(scope);
 *     await this.unitOfWork.run(async (session) => {
 *       await this.room.take(session, scope, { resource: 'helpers', plan, used: () => this.helpers.countActive(scope) });
 *       await this.helpers.insert(scope, helper);
 *     }, { turn: turnOf(scope, 'helpers') });
 */
@Injectable()
export class PlanRoom {
  constructor(
    private readonly questions: Questions,
    private readonly guards: ResourceGuards,
  ) {}

  /** Ask before the transaction, which must not wait for other services. @throws Problem 503 without an answer */
  planOf(scope: AccountScope): Promise<PlanOfAccount> {
    return this.questions.ask(questions.limits, { account_id: scope.accountId });
  }

  /** Takes the account's turn for the resource without a look at its plan: for changes that take no new place. */
  hold(session: ClientSession, scope: AccountScope, resource: LimitedResource): Promise<void> {
    return this.guards.hold(session, scope, resource);
  }

  /**
   * Takes the account's turn and counts. Call it first in the transaction that creates.
   * @throws Problem 403 `billing.limit_reached`
   */
  async take(session: ClientSession, scope: AccountScope, place: Place): Promise<void> {
    await this.hold(session, scope, place.resource);
    if (limitOf(place.resource, place.plan) === null) return;
    refuseBeyondPlan(place.resource, place.plan, await place.used(), place.wanted);
  }
}

/** The turn of `UnitOfWork.run` that keeps creates of one process from colliding at the guard. */
export const turnOf = ({ accountId }: AccountScope, resource: LimitedResource): string => `${accountId}/${resource}`;
