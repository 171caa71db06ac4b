import { Injectable } from '@nestjs/common';
import type { ClientSession } from 'mongoose';
import { Problem, questions, type AccountScope, type AnswerOf } from '#contracts';
import { Questions } from '#messaging';
import { ResourceGuards } from '#persistence';
import { Connections } from '../persistence/connections.repository.js';

export type PlanLimits = AnswerOf<typeof questions.limits>;

/** The number of connections that the account's plan allows, exact under parallel requests. */
@Injectable()
export class ConnectionLimit {
  constructor(
    private readonly questions: Questions,
    private readonly guards: ResourceGuards,
    private readonly connections: Connections,
  ) {}

  /** What billing says; asked before the transaction, which must not wait for other services. */
  of(scope: AccountScope): Promise<PlanLimits> {
    return this.questions.ask(questions.limits, { account_id: scope.accountId });
  }

  /**
   * Takes the account's turn and counts; called first in the transaction that creates.
   * @throws Problem 403 `billing.limit_reached`
   */
  async hold(session: ClientSession, scope: AccountScope, plan: PlanLimits): Promise<void> {
    await this.guards.hold(session, scope, 'connections');
    const limit = plan.limits.max_connections;
    if (limit === null) return;
    const used = await this.connections.count(scope);
    if (used < limit) return;
    throw new Problem(
      403,
      'billing.limit_reached',
      `Your ${plan.label} plan allows ${limit} connections. Upgrade to add more.`,
      { data: { limit, used, plan: plan.plan, upgrade_url: plan.upgrade_url } },
    );
  }
}
